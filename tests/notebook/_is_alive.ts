/** Whether a process still runs after ten seconds of grace; one that only waits for init does not. */
export async function isAlive(pid: number): Promise<boolean> {
  for (let i = 0; i < 200; i++) {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`).catch(() => undefined);
    if (stat === undefined || / Z /.test(stat)) return false;
    await new Promise((done) => setTimeout(done, 50));
  }
  return true;
}
