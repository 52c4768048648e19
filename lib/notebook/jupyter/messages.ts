import { createHmac } from "node:crypto";

/** A Jupyter message as this room needs it. */
export interface Message {
  readonly type: string;
  /** The whole header, which what answers this message repeats as its parent. */
  readonly header: Readonly<Record<string, unknown>>;
  /** The id of the request that it answers. */
  readonly parentId: string | undefined;
  readonly content: Record<string, unknown>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const DELIMITER = "<IDS|MSG>";

/** A message to be sent. */
export interface OutgoingMessage {
  readonly id: string;
  readonly session: string;
  readonly type: string;
  readonly content: unknown;
  /** The header of the message that it answers; none in a request. */
  readonly parent?: Readonly<Record<string, unknown>> | undefined;
}

/** The frames of a signed message (Jupyter messaging protocol 5.3). */
export function encodeMessage(key: string, message: OutgoingMessage): Uint8Array[] {
  const header = {
    msg_id: message.id,
    session: message.session,
    username: "feira",
    date: new Date().toISOString(),
    msg_type: message.type,
    version: "5.3",
  };
  const parts = [header, message.parent ?? {}, {}, message.content].map((part) =>
    encoder.encode(JSON.stringify(part))
  );
  return [encoder.encode(DELIMITER), encoder.encode(sign(key, parts)), ...parts];
}

/**
 * The message in these frames.
 *
 * @throws {TypeError} when they are no Jupyter message or are signed by another key.
 */
export function decodeMessage(key: string, frames: readonly Uint8Array[]): Message {
  const start = frames.findIndex((frame) =>
    frame.length === DELIMITER.length && decoder.decode(frame) === DELIMITER
  );
  const parts = frames.slice(start + 2, start + 6);
  if (start < 0 || parts.length < 4) {
    throw new TypeError(
      `Cannot read message: ${frames.length} frames, must hold ${DELIMITER} and 5 more`,
    );
  }
  if (decoder.decode(frames[start + 1]) !== sign(key, parts)) {
    throw new TypeError("Cannot read message: signature is another one, must be made with our key");
  }
  const [header, parent, , content] = parts.map((part) => JSON.parse(decoder.decode(part)));
  return { type: header.msg_type, header, parentId: parent.msg_id, content };
}

function sign(key: string, parts: readonly Uint8Array[]): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
