/** A component that reads well and does harm, in a whole system: what callers hear, when it is quarantined, and how a person lets it go on. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startThrowAwaySystem, systemFiles, type ThrowAwaySystem } from '../../scripts/throw-away-system.ts';

const spin = `/**
 * Counts a shelf.
 *
 * why: it shows what becomes of a component that does harm
 * change: start
 * generator: person
 * date: 2026-11-23
 */
import { choice, integer, operation, refuse } from 'theseus/sdk';

export default operation({
  id: 'o_coun',
  name: 'countShelf',
  http: { method: 'POST', path: '/api/shelves/count', status: 200 },
  input: {
    how: choice({ id: 'f_chow', no: 1, required: true, choices: { well: 'c_well', busy: 'c_busy', wrong: 'c_wron', no: 'c_nono' } }),
  },
  output: { fields: { shelves: integer({ id: 'f_csh', no: 1, required: true }) } },
  capabilities: {},
  async run({ input }) {
    if (input.how === 'busy') {
      let at = 0;
      while (at < 1e12) at += 0.5;
    }
    if (input.how === 'no') refuse('conflict', 'It is closed.');
    const shelves: readonly { readonly name: string }[] = [];
    if (input.how === 'wrong') return { shelves: shelves.find((shelf) => shelf.name === 'a').name };
    return { shelves: 3 };
  },
});
`;
let system: ThrowAwaySystem;
let clerk: string;
before(async () => {
  system = await startThrowAwaySystem({
    files: { ...systemFiles('systems/shop'), 'operations/count-shelf.ts': spin },
    log: (line) => void (process.env['THESEUS_LOG'] && process.stderr.write(`${line}\n`)),
  });
  clerk = await system.keyFor(['clerk']);
});
after(() => system.stop());

const count = (how: string, key?: string) => system.call('POST', '/api/shelves/count', { how }, key === undefined ? {} : { key });
const quarantined = async (): Promise<unknown> => (await system.call('GET', '/_theseus/health')).json['quarantined'];

test('who steers is told the place in the TypeScript, others the name alone, and nobody anything of the host', async () => {
  const { status, headers, json } = await count('wrong');
  assert.equal(status, 502);
  assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/);
  const lines = spin.split('\n');
  const line = lines.findIndex((text) => text.includes('shelves.find(')) + 1;
  assert.deepEqual((json['evidence'] as { readonly place: object }).place, {
    file: 'operations/count-shelf.ts',
    line,
    column: (lines[line - 1] ?? '').lastIndexOf('.name }') + 1,
  });
  const hidden = await count('wrong', clerk);
  assert.deepEqual([hidden.status, hidden.json['evidence']], [502, { component: 'operation/countShelf' }]);
  for (const { json } of [await count('wrong'), hidden])
    assert.doesNotMatch(JSON.stringify(json), /isolate|node:|\/tmp|\/proc|at run|sourceURL|pid|stack/i);
});

test('throwing and refusing are no strikes; at the third strike it is quarantined, and all others go on', async () => {
  assert.equal((await count('no')).status, 409);
  const clean = await system.call('GET', '/_theseus/held');
  assert.deepEqual([clean.status, clean.json.items], [200, []]);
  for (const strikes of [1, 2]) {
    const { status, json } = await count('busy', clerk);
    assert.deepEqual([status, json['code']], [502, 'component-failed']);
    const [held] = (await system.call('GET', '/_theseus/held')).json.items ?? [];
    assert.deepEqual(
      [held?.['component'], (held?.['strikes'] as readonly object[] | undefined)?.length, held?.['quarantined']],
      ['operation/countShelf', strikes, null],
    );
  }
  assert.equal((await count('well')).status, 200);
  assert.equal(await quarantined(), 0);
  assert.equal((await count('busy')).status, 502);
  assert.equal(await quarantined(), 1);
  const { status, json } = await count('well');
  assert.deepEqual([status, json['code']], [502, 'component-failed']);
  assert.match(String(json['detail']), /countShelf is quarantined.*3 strikes.*theseus release operation\/countShelf/);
  assert.equal((await system.call('POST', '/api/customers', { name: 'Ada' })).status, 201);
  assert.equal((await system.ask('Add a note to customers')).outcome, 'live');
  assert.equal((await count('well')).status, 502);
});

test('only who may approve lets it work again', async () => {
  const refused = await system.call('POST', '/_theseus/release', { component: 'operation/countShelf' }, { key: clerk });
  assert.deepEqual([refused.status, refused.json['code']], [403, 'forbidden']);
  assert.equal((await system.call('POST', '/_theseus/release', {})).status, 422);
  assert.equal((await system.call('POST', '/_theseus/release', { component: 'operation/nothing' })).status, 404);
  assert.equal((await system.call('POST', '/_theseus/release', { component: 'operation/countShelf' })).status, 200);
  const { status, json } = await count('well', clerk);
  assert.deepEqual([status, json], [200, { shelves: 3 }]);
});
