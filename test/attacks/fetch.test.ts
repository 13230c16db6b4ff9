/** What a component could do by `fetch`, and what the hosts that it asks could do to the machine. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { attacksOf } from './harness/collection.ts';
import { mustStayOutside, openOutsideWorld, type OutsideAttack, type OutsideWorld } from './harness/outsides.ts';

const attacks = await attacksOf<OutsideAttack>('fetch');
let world: OutsideWorld;
before(async () => {
  world = await openOutsideWorld();
});
after(() => world.close(), { timeout: 30_000 });

for (const [name, attack] of attacks)
  test(`fetch: ${name.replaceAll('-', ' ')}`, { timeout: 60_000 }, () => mustStayOutside(world, attack));

test('control: a fetch that nobody holds follows a redirect to the service inside, and that is seen', async () => {
  assert.equal(await world.naive('/away'), 1);
});
test('control: a granted host is asked, and what it was sent is seen', async () => {
  const { said, heard, sendings } = await world.run({
    body: "await attempt(() => fetch(api + '/a', { headers: { 'x-note': 'seen' } })); await attempt(() => fetch('http://send.test:' + port + '/b', { method: 'POST', body: { n: 1 } }));",
    watch: () => {},
  });
  assert.match(said.join(), /"ok":true.*"queued":true/);
  assert.match(heard.join(), /GET \/a .*x-note: seen.*POST \/b /s);
  assert.deepEqual(
    sendings.map(({ state }) => state),
    ['sent'],
  );
});
