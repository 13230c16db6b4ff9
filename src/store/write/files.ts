/** Files of a call: written with it in one transaction, and read again by their id. Bytes cross as text, so that one way serves all values. */
import type { Call } from '#kernel';
import type { FileValue } from '#schema';
import type { Answer, Values } from '../connection/link.ts';
import { type Statement, statement } from '../connection/statement.ts';

export interface SentFile extends FileValue {
  readonly content: Uint8Array;
}

const insert = statement(`insert into theseus.files (id, name, type, size, content, at, call, caller, component, generation)
  values ($1::uuid, $2::text, $3::text, $4::integer, decode($5::text, 'base64'), $6::timestamptz, $7::text, $8::text, $9::text, $10::text)`);
const select = statement(`select name, type, size, encode(content, 'base64') from theseus.files where id = $1::uuid`);

export const fileSending = (
  call: Call,
  { file, name, type, bytes, content }: SentFile,
): { readonly statement: Statement; readonly values: Values } => ({
  statement: insert,
  values: [
    file,
    name,
    type,
    bytes,
    Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64'),
    new Date(call.now).toISOString(),
    call.call,
    call.caller.id,
    call.component,
    call.generation,
  ],
});

export async function readFile(run: (sent: Statement, values: Values) => Promise<Answer>, file: string): Promise<SentFile | null> {
  const [name, type, bytes, content] = (await run(select, [file])).rows[0] ?? [];
  return content === undefined
    ? null
    : { file, name: String(name), type: String(type), bytes: Number(bytes), content: Buffer.from(String(content), 'base64') };
}
