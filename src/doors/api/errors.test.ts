import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type FaultCode, refusalCodes } from '#kernel';

/** The compiler demands every code of a fault here. */
const faultCodes: { readonly [Code in FaultCode]: true } = {
  bug: true,
  'database-unavailable': true,
  'disk-full': true,
  'host-died': true,
  'host-protocol': true,
  'outcome-unknown': true,
  overflow: true,
  'parser-died': true,
  'port-taken': true,
  'process-died': true,
  'schema-too-new': true,
  serialization: true,
  setup: true,
  tampered: true,
};
const ownCodes = ['unreachable', 'not-running', 'interrupted', 'usage'];

describe('docs/errors.md', () => {
  const text = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  const sections = text
    .split(/^### /m)
    .slice(1)
    .map((section) => ({ code: section.slice(0, section.indexOf('\n')).trim(), text: section }));

  it('has a heading for every code, and none for a code that is not', () => {
    assert.deepEqual(
      sections.map(({ code }) => code).sort(),
      [...Object.keys(refusalCodes), ...Object.keys(faultCodes), ...ownCodes].sort(),
    );
  });

  it('says of each what it means and what to do', () => {
    for (const section of sections) {
      assert.match(section.text, /\*\*Meaning:\*\*/, section.code);
      assert.match(section.text, /\*\*What to do:\*\*/, section.code);
    }
  });

  it('states the status that the code has', () => {
    for (const [code, { status }] of Object.entries(refusalCodes))
      assert.ok(sections.find((section) => section.code === code)?.text.startsWith(`${code}\n${status}.`), code);
  });
});
