/** How long many rows take to go back, and how much memory that takes: `node test/undo/many-rows.ts 100000`. Their history is put in by hand. */
import { isRefusal } from '#kernel';
import { countUndone } from '#store/records';
import { openYard, owner } from './yard.ts';

const many = Number(process.argv[2] ?? 10_000);
const yard = await openYard();
try {
  const first = await yard.create('account', { name: 'first', note: 'before' });
  const change = await yard.live();
  await yard.tidy('set', first.id, 'wrong');
  await yard.asOwner(`create table public.many as select gen_random_uuid() as id, n from generate_series(1, ${many}) n`);
  await yard.asOwner(
    `insert into e.e_acc select (jsonb_populate_record(a, jsonb_build_object('id', m.id, 'f_aname', 'many ' || m.n))).* from public.many m cross join e.e_acc a where a.id = $1`,
    [first.id],
  );
  for (const action of ['create', 'update'])
    await yard.asOwner(
      `insert into theseus.journal (at, call, caller, generation, component, change, entity, row, action, before, after)
       select at, call || m.n, caller, generation, component, change, entity, m.id, action, before || jsonb_build_object('f_aname', 'many ' || m.n), after || jsonb_build_object('f_aname', 'many ' || m.n)
       from public.many m cross join theseus.journal j where j.row = $1 and j.action = $2`,
      [first.id, action],
    );
  await yard.asOwner('analyze theseus.journal; analyze e.e_acc');
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 100);
  global.gc?.();
  const start = process.memoryUsage().rss;
  let began = performance.now();
  const would = await yard.machine.wouldRollBack(owner, { withLater: false });
  if (isRefusal(would)) throw new Error(would.why);
  console.log(`preview ${Math.round(performance.now() - began)} ms: ${JSON.stringify(would.rows.entities)}`);
  began = performance.now();
  const { undo } = await yard.revert(change);
  clearInterval(watch);
  const ms = performance.now() - began;
  console.log(JSON.stringify(await countUndone(yard.pool, undo.id)));
  console.log(
    `${many} rows in ${(ms / 1_000).toFixed(1)} s, ${Math.round(many / (ms / 1_000))} a second; resident memory ${Math.round(start / 1e6)} MB before, at most ${Math.round(most / 1e6)} MB`,
  );
} finally {
  await yard.close();
}
