/** The bytes that a DSSE 1.0 signature covers (pre-authentication encoding), and the statement of a certificate. Source: the DSSE protocol, version 1.0.2. */
import type { CertificatePredicate, Statement } from './certificate.ts';

/** `payload` is the text before base64. Lengths are in UTF-8 bytes. */
export const preAuthenticationEncoding = (payloadType: string, payload: string): string =>
  `DSSEv1 ${utf8Length(payloadType)} ${payloadType} ${utf8Length(payload)} ${payload}`;

export const statementOf = (predicate: CertificatePredicate): Statement => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'generation', digest: { sha256: predicate.generation.slice('sha256:'.length) } }],
  predicateType: 'https://theseus.dev/certificate/v1',
  predicate,
});

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
