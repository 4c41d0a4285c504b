// Reads mails with postal-mime: a JSON array of base64 comes in, one of what each says goes out.
import PostalMime from "postal-mime";
import { readFileSync } from "node:fs";

const mails = JSON.parse(readFileSync(0, "utf8"));
const read = await Promise.all(mails.map((mail) => PostalMime.parse(Buffer.from(mail, "base64"))));
process.stdout.write(
  JSON.stringify(
    read.map(({ subject, from, messageId, headers, text, html }) => ({ subject, from, messageId, headers, text, html })),
  ),
);
