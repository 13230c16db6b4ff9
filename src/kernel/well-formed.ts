/**
 * Whether what came in an envelope has the form of a statement. A signature says who wrote it, not that it is whole; what is not
 * well formed is no certificate, so that nothing behind this line need ask whether a member is there.
 */
import type { Statement } from './certificate.ts';
import type { GateName, ShownBy, Verdict } from './evidence.ts';

const digestForm = /^sha256:[0-9a-f]{64}$/;
const gates: { readonly [Name in GateName]: true } = {
  parse: true,
  types: true,
  contract: true,
  examples: true,
  properties: true,
  mutation: true,
  proof: true,
  workflow: true,
  replay: true,
  migration: true,
  security: true,
  quality: true,
};
const verdicts: { readonly [Name in Verdict]: true } = { pass: true, fail: true, unknown: true };
const ways: { readonly [Name in ShownBy]: true } = {
  proved: true,
  exhausted: true,
  tested: true,
  carried: true,
  checked: true,
  'not-shown': true,
};
const risks = { low: true, medium: true, high: true };
const autonomies = { act: true, propose: true, off: true };

export function isStatement(value: unknown): value is Statement {
  return (
    isRecord(value) &&
    value['_type'] === 'https://in-toto.io/Statement/v1' &&
    value['predicateType'] === 'https://theseus.dev/certificate/v1' &&
    listOf(value['subject'], (subject) => isRecord(subject) && isRecord(subject['digest']) && isText(subject['digest']['sha256'])) &&
    isPredicate(value['predicate'])
  );
}

const isPredicate = (value: unknown): boolean =>
  isRecord(value) &&
  value['format'] === 'theseus/certificate/1' &&
  [value['change'], value['generator']].every(isText) &&
  isDigest(value['generation']) &&
  isDigest(value['base']) &&
  isRecord(value['scope']) &&
  listOf(value['scope']['components'], isText) &&
  listOf(value['scope']['members'], isText) &&
  ['reaches', 'tests', 'data'].every((part) => isAbsentOrTexts(scopeOf(value)[part])) &&
  oneOf(risks, value['risk']) &&
  oneOf(autonomies, value['autonomy']) &&
  isRecord(value['request']) &&
  [value['request']['text'], value['request']['by']].every(isText) &&
  isNumber(value['issued']) &&
  listOf(value['evidence'], isEvidence);

const scopeOf = (value: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } =>
  isRecord(value['scope']) ? value['scope'] : {};
const isAbsentOrTexts = (value: unknown): boolean => value === undefined || listOf(value, isText);

const isEvidence = (value: unknown): boolean =>
  isRecord(value) &&
  oneOf(gates, value['gate']) &&
  oneOf(verdicts, value['verdict']) &&
  isText(value['engine']) &&
  listOf(value['looked'], isDigest) &&
  isRecord(value['cost']) &&
  [value['cost']['cpuMs'], value['cost']['wallMs']].every(isNumber) &&
  listOf(
    value['findings'],
    (finding) =>
      isRecord(finding) &&
      isText(finding['statement']) &&
      oneOf(verdicts, finding['verdict']) &&
      oneOf(ways, finding['shownBy']) &&
      (finding['covers'] === undefined || isCover(finding['covers'])),
  );

const isCover = (value: unknown): boolean =>
  isRecord(value) && isText(value['formula']) && isCount(value['rows']) && isCount(value['of']) && value['rows'] <= value['of'];

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): value is number => isNumber(value) && Number.isSafeInteger(value) && value >= 0;
const isDigest = (value: unknown): boolean => isText(value) && digestForm.test(value);
const listOf = (value: unknown, member: (value: unknown) => boolean): boolean => Array.isArray(value) && value.every(member);
const oneOf = (names: object, value: unknown): boolean => isText(value) && Object.hasOwn(names, value);
