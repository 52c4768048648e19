import assert from "node:assert/strict";
import { cleanRows, id, rowOf } from "./_market.ts";

/** The message that comes out for each that goes in, and the account. */
async function cleanMessages(messages: readonly string[]) {
  const rows = messages.map((message, i) =>
    rowOf("order_reviews", { review_id: id(i), review_comment_message: message })
  );
  const cleaned = await cleanRows("order_reviews", rows);
  return {
    account: cleaned.account,
    messages: cleaned.rows.map((row) => row.review_comment_message),
  };
}

Deno.test("cleanRawData() turns controls and newlines to a space when a text has them", async () => {
  const { messages, account } = await cleanMessages([
    "linha um\nlinha dois",
    "a\r\nb",
    "a\tb",
    "a\u0000b",
    "a\u0085b",
    "a\u2028b\u2029c",
    "\u001b[31mred",
  ]);
  assert.deepEqual(messages, [
    "linha um linha dois",
    "a b",
    "a b",
    "a b",
    "a b",
    "a b c",
    "[31mred",
  ]);
  assert.equal(account.changed["text.control"], 7);
  // "a\r\nb" leaves two spaces, the escape leaves one in front.
  assert.equal(account.changed["text.whitespace"], 2);
});

Deno.test("cleanRawData() makes one space of a run and trims", async () => {
  const { messages, account } = await cleanMessages([
    "  a   b  ",
    "a\u00a0b",
    "a \u3000 b",
    "a b",
    " ",
    "\u00a0",
  ]);
  assert.deepEqual(messages, ["a b", "a b", "a b", "a b", null, null]);
  assert.equal(account.changed["text.whitespace"], 5);
  assert.equal(account.changed["text.control"], 0);
});

Deno.test("cleanRawData() composes to NFC and keeps accents", async () => {
  const decomposed = "Na\u0303o e\u0301 bom";
  const { messages, account } = await cleanMessages([decomposed, "N\u00e3o \u00e9 bom", "\u212b"]);
  assert.deepEqual(messages, ["N\u00e3o \u00e9 bom", "N\u00e3o \u00e9 bom", "\u00c5"]);
  assert.equal(account.changed["text.nfc"], 2);
});

Deno.test("cleanRawData() leaves text alone that has nothing to clean", async () => {
  const texts = [
    "=cmd|' /C calc'!A0",
    "'; drop table orders; --",
    '<script>alert("x")</script>',
    "a,b;c|d\\n",
    "👩‍👩‍👧 ótimo 日本語 مرحبا",
    "null",
    "NaN",
    "#N/A",
    "-",
    '"',
  ];
  const { messages, account } = await cleanMessages(texts);
  assert.deepEqual(messages, texts);
  for (const [rule, values] of Object.entries(account.changed)) assert.equal(values, 0, rule);
});

Deno.test("cleanRawData() makes an empty value null, quoted or not, and counts no change", async () => {
  const { messages, account } = await cleanMessages(["", "x"]);
  assert.deepEqual(messages, [null, "x"]);
  assert.equal(account.changed["text.whitespace"], 0);
});

Deno.test("cleanRawData() trims values of every type", async () => {
  const { account, rows } = await cleanRows("order_payments", [
    rowOf("order_payments", {
      order_id: ` ${id(5)}`,
      payment_type: "boleto ",
      payment_installments: " 3",
      payment_value: "\t72.19",
    }),
  ]);
  assert.deepEqual(rows[0], {
    order_id: id(5),
    payment_sequential: "1",
    payment_type: "boleto",
    payment_installments: "3",
    payment_value: "72.19",
  });
  assert.equal(account.changed["text.whitespace"], 4);
  assert.equal(account.changed["text.control"], 1);
});
