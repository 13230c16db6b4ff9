/**
 * The messages that are sent to PostgreSQL, gathered as bytes until they leave in one piece: the extended query protocol,
 * version 3 (PostgreSQL documentation, chapter "Frontend/Backend Protocol"). Values are texts; their types stand in the statements.
 */
const [PARSE, BIND, DESCRIBE, EXECUTE, CLOSE, SYNC] = [0x50, 0x42, 0x44, 0x45, 0x43, 0x53];
const STATEMENT = 0x53;
const FIRST_SIZE = 4_096;
/** A buffer that one long statement made larger is not kept. */
const MOST_KEPT = 262_144;

export class Outgoing {
  #bytes = Buffer.allocUnsafeSlow(FIRST_SIZE);
  #end = 0;

  get empty(): boolean {
    return this.#end === 0;
  }

  /** Prepares a statement under a name, in place of one that may have it, and asks what its rows look like. */
  prepare(name: string, text: string): void {
    if (text.includes('\0')) throw new TypeError('A statement with NUL cannot be sent to the database.');
    let at = this.#open(CLOSE);
    this.#byte(STATEMENT);
    this.#text(name);
    this.#close(at);
    at = this.#open(PARSE);
    this.#text(name);
    this.#text(text);
    this.#short(0);
    this.#close(at);
    at = this.#open(DESCRIBE);
    this.#byte(STATEMENT);
    this.#text(name);
    this.#close(at);
  }

  /** Runs a prepared statement whole, with values as `wireText` gives them. */
  execute(name: string, values: readonly (string | null)[]): void {
    let at = this.#open(BIND);
    this.#byte(0);
    this.#text(name);
    this.#short(0);
    this.#short(values.length);
    for (const value of values) this.#value(value);
    this.#short(0);
    this.#close(at);
    at = this.#open(EXECUTE);
    this.#byte(0);
    this.#long(0);
    this.#close(at);
  }

  /** Ends a piece: an error before it leaves out what follows it up to here, and no more. */
  sync(): void {
    this.#close(this.#open(SYNC));
  }

  /** What was gathered. The bytes are the receiver's. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#end);
    if (this.#end > this.#bytes.length / 2 || this.#end > MOST_KEPT) {
      this.#bytes = Buffer.allocUnsafeSlow(FIRST_SIZE);
      this.#end = 0;
      return taken;
    }
    const copy = Buffer.from(taken);
    this.#end = 0;
    return copy;
  }

  #value(text: string | null): void {
    if (text === null) return this.#long(-1);
    this.#room(4 + text.length * 3);
    const written = this.#bytes.write(text, this.#end + 4, 'utf8');
    this.#bytes.writeInt32BE(written, this.#end);
    this.#end += 4 + written;
  }
  #text(text: string): void {
    this.#room(text.length * 3 + 1);
    this.#end += this.#bytes.write(text, this.#end, 'utf8');
    this.#bytes[this.#end] = 0;
    this.#end += 1;
  }
  #byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#end] = value;
    this.#end += 1;
  }
  #short(value: number): void {
    this.#room(2);
    this.#end = this.#bytes.writeUInt16BE(value, this.#end);
  }
  #long(value: number): void {
    this.#room(4);
    this.#end = this.#bytes.writeInt32BE(value, this.#end);
  }
  /** Where the length of the message stands. */
  #open(kind: number): number {
    this.#byte(kind);
    this.#long(0);
    return this.#end - 4;
  }
  #close(at: number): void {
    this.#bytes.writeInt32BE(this.#end - at, at);
  }
  #room(size: number): void {
    if (this.#end + size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#end + size));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}

/** A value as PostgreSQL reads it. Lists become array literals; objects must be text already. */
export function wireText(value: unknown): string | null {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return null;
      if (Array.isArray(value)) return `{${value.map(element).join(',')}}`;
      throw new TypeError(`A value of type ${typeof value} cannot be sent to the database.`);
  }
}
const element = (value: unknown): string => {
  const text = wireText(value);
  if (text === null) return 'NULL';
  return Array.isArray(value) ? text : `"${text.replaceAll(/[\\"]/g, '\\$&')}"`;
};
