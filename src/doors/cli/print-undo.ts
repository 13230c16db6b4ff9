/** What an undo would alter, how far it is, and what came of it, in lines for people. */
import type { Client, Json, UndoConflictJson, UndoJson, WouldRollBackJson } from '#api/client';
import type { Say } from './say.ts';

/** More conflicts than these are not printed; the console and the API have all. */
const mostPrinted = 50;
const [askEveryMs, sayAfterMs] = [500, 2_000];
const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

export function printWould(say: Say, { rows, already }: WouldRollBackJson): void {
  const { components, entities, others, outside } = rows;
  if (already) say.line('Its code is taken back already.');
  if (entities.length === 0) say.line('It wrote no rows that could be put back.');
  else say.line(`Rows that ${components.join(', ')} wrote would go back:`);
  for (const { entity, made, changed, deleted, since } of entities) {
    const deeds = [made > 0 ? `${made} deleted` : '', changed > 0 ? `${changed} put back` : '', deleted > 0 ? `${deleted} made again` : ''];
    const conflicts = since === 0 ? '' : `; ${since} written since by others, of which what they wrote stays`;
    say.line(`  ${entity.padEnd(20)}  ${deeds.filter((deed) => deed !== '').join(', ') || 'nothing'}${conflicts}`);
  }
  if (others > 0)
    say.line(
      `${count(others, 'row')} that others wrote meanwhile ${others === 1 ? 'stays' : 'stay'} as ${others === 1 ? 'it is' : 'they are'}.`,
    );
  if (outside.sent > 0) say.line(say.style('yellow', `${count(outside.sent, 'request')} left the system and cannot be undone.`));
  if (outside.waiting > 0)
    say.line(`${count(outside.waiting, 'request')} to hosts outside ${outside.waiting === 1 ? 'waits and is' : 'wait and are'} given up.`);
}

export async function followUndo(api: Client, say: Say, id: string): Promise<UndoJson> {
  const began = Date.now();
  let said = false;
  for (;;) {
    const undo = await api.undo(id);
    if (undo.state === 'done') return undo;
    if (!said && Date.now() - began > sayAfterMs) {
      said = true;
      say.aside(
        undo.rows.waiting > 0
          ? `Rows go back: ${undo.rows.waiting} to go.`
          : 'The rows are back; waiting some seconds for calls that are under way, so that nothing is missed.',
      );
    }
    await new Promise((done) => setTimeout(done, askEveryMs));
  }
}

export async function printUndo(api: Client, say: Say, { id, rows, outside }: UndoJson): Promise<void> {
  say.line(
    `Rows        ${rows.putBack} put back, ${rows.deleted} deleted, ${rows.madeAgain} made again${rows.asBefore > 0 ? `, ${rows.asBefore} stood as before` : ''}`,
  );
  if (rows.conflicts > 0) {
    say.line(say.style('yellow', `Conflicts   ${count(rows.conflicts, 'row')} could not go back, or not wholly:`));
    for (const conflict of (await api.undoConflicts(id, { limit: mostPrinted })).items)
      for (const line of linesOf(conflict)) say.line(`  ${line}`);
    if (rows.conflicts > mostPrinted) say.line(`  and ${rows.conflicts - mostPrinted} more: GET /_theseus/undos/${id}/conflicts`);
  }
  if (outside.stopped > 0) say.line(`Given up    ${count(outside.stopped, 'request')} to hosts outside that had not left`);
  if (outside.sent > 0) say.line(say.style('yellow', `Not undone  ${count(outside.sent, 'request')} that left the system:`));
  for (const { at, method, host, component, call, state } of outside.first.filter((one) => one.state !== 'stopped'))
    say.line(`  ${at}  ${method} ${host}  by ${component}, call ${call} (${state})`);
}
const linesOf = ({ entity, row, why, fields }: UndoConflictJson): readonly string[] => [
  `${entity} ${row ?? '(not shown)'}: ${why}`,
  ...fields.map(({ field, before, now }) =>
    before === undefined ? `  ${field}: not shown` : `  ${field}: was ${spoken(before)}, is ${spoken(now ?? null)}`,
  ),
];
const spoken = (value: Json): string => {
  const text = value === null ? 'empty' : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
};
