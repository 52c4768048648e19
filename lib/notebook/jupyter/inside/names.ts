/** What the runner and its side of the kernel call things. */

/** The type of the messages that mark what has been sent; no front end knows it. */
export const MARK_TYPE = "feira_mark";

/** Before a mark's number, in the question whether it has arrived. */
export const ACK_PROMPT = "feira mark ";

/** The symbol under which the kernel keeps what the runner calls. */
export const KERNEL_SIDE = "feira.kernel";
