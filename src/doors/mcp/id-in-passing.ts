/**
 * The id of a JSON-RPC message that is too long to be kept: found while its bytes go by, wherever in the message it stands, so that
 * who sent it hears which of its messages was refused. Never holds more than a name or an id may be long, and never fails: what is no
 * message has no id.
 */
export interface IdInPassing {
  see(bytes: Uint8Array): void;
  /** Of what went by up to here. */
  id(): string | number | null;
}

/** Of a name or an id, in bytes as they stand in JSON. */
const longest = 200;
const [quote, backslash, colon, comma] = [0x22, 0x5c, 0x3a, 0x2c];
const [openObject, closeObject, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d];

export function idInPassing(): IdInPassing {
  let depth = 0;
  let inText = false;
  let escaped = false;
  let isMessage: boolean | undefined;
  /** The last name or value of the message itself; null where it is not kept. */
  let token: string | null = '';
  let isId = false;
  let found: string | number | null = null;

  const keep = (byte: number): void => {
    if (depth === 1 && token !== null) token = token.length < longest ? token + String.fromCharCode(byte) : null;
  };
  const memberEnds = (): void => {
    if (isId) found = idOf(token);
    isId = false;
    token = '';
  };
  const outsideText = (byte: number): void => {
    if (byte === openObject || byte === openList) {
      isMessage ??= byte === openObject;
      if (depth === 1) token = null;
      depth += 1;
    } else if (byte === closeObject || byte === closeList) {
      if (depth === 1) memberEnds();
      depth -= 1;
    } else if (depth === 1 && byte === comma) memberEnds();
    else if (depth === 1 && byte === colon) {
      isId = token === '"id"';
      token = '';
    } else if (byte > 0x20) keep(byte);
  };
  return {
    see: (bytes) => {
      for (const byte of bytes) {
        if (!inText) {
          inText = byte === quote;
          if (inText) keep(byte);
          else outsideText(byte);
          continue;
        }
        keep(byte);
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inText = false;
      }
    },
    id: () => (isMessage === true ? found : null),
  };
}

function idOf(token: string | null): string | number | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(token ?? '', 'latin1').toString());
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  } catch {
    return null;
  }
}
