/**
 * Code that an agent or a person wrote, as a generator like any other: what it says is completed and told in plain sentences,
 * and passes the same gates. It has no right of its own: nothing outside the layout is taken, no id of something else, no file
 * that somebody else altered meanwhile. Nothing of it is executed or parsed here: that is the reader's, in its own process.
 */
import type { Proposal } from '#change';
import { type Json, refuse, type Scope } from '#kernel';
import { type Completed, filesFault, idsIn, type SourceProblem, type SystemReading } from '#model';
import type { CodeInspector, CodeReader, Generator, GeneratorContext, Understood } from '#ports';
import { differencesOf, scopeOfPaths, type Reading } from './differences.ts';
import { rebase, type Files, type Sources } from './rebase.ts';

/** What `understand` hands to `generate`. */
interface Plan {
  readonly files: Files;
}
const mostProblems = 8;

export const handedInGenerator = (reader: CodeReader & Pick<CodeInspector, 'complete'>): Generator => ({
  name: 'handed-in',
  understand: (request, context) => understand(request, context, reader),
  generate: async (plan) => {
    const { files } = plan as unknown as Plan;
    return files === undefined ? refuse('invalid', 'Nothing was handed in.') : { files, notes: [] };
  },
});

async function understand(
  text: string,
  context: GeneratorContext,
  reader: CodeReader & Pick<CodeInspector, 'complete'>,
): Promise<Understood> {
  const request = context.aid?.request;
  const proposal = request?.proposal;
  const base = context.reading as unknown as SystemReading;
  if (proposal === undefined || !base.ok) return refused('No code came with this request.');
  const fault = filesFault(proposal.files);
  if (fault !== undefined) return refused(fault);
  const seen = request?.base === undefined ? context.sources : await context.aid?.sourcesOf(request.base);
  if (seen === undefined) return refused('No code came with this request.');
  const { files, conflicts } = rebase(proposal.files, seen, context.sources);
  if (conflicts.length > 0)
    return refused(
      `The system moved on since this was made, and ${conflicts.join(', ')} ${conflicts.length === 1 ? 'was' : 'were'} altered on both sides. Take what serves now, make the same change there, and hand it in again.`,
    );
  const gone = Object.entries(files).find(([path, content]) => content === null && context.sources[path] === undefined);
  if (gone !== undefined) return refused(`${gone[0]} is to go, and it is not there.`);
  if (Object.keys(files).length === 0)
    return { kind: 'nothing-to-do', echo: [], why: 'All that was handed in is so already: no file differs from what serves.' };
  const completed = await complete(files, proposal, text, context, reader);
  if (completed.problems.length > 0) return refused(told(completed.problems));
  const made = await understood(completed, proposal, base, context.sources, reader);
  return made.kind === 'understood' && movedOn(seen, context.sources)
    ? { ...made, notes: ['It was made on an earlier generation, and is put on the one that serves.', ...made.notes] }
    : made;
}

async function complete(
  files: Files,
  proposal: Proposal,
  request: string,
  context: GeneratorContext,
  reader: Pick<CodeInspector, 'complete'>,
): Promise<Completed> {
  const base = Object.fromEntries(
    Object.keys(files).flatMap((path) => {
      const text = context.sources[path];
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
  const head = { change: context.change, generator: proposal.from, date: context.today, request };
  return (await reader.complete({ files, base, taken: idsIn(context.sources), head } as unknown as Json)) as unknown as Completed;
}

async function understood(
  completed: Completed,
  proposal: Proposal,
  base: Reading,
  sources: Sources,
  reader: CodeReader,
): Promise<Understood> {
  const { files } = completed;
  const next = (await reader.read(applied(sources, files))) as unknown as SystemReading;
  const found = next.ok ? differencesOf(base, next, files, sources) : undefined;
  const scope: Scope = { ...(found?.scope ?? scopeOfPaths(files)), ...proposal.scope };
  const plan: Plan = { files };
  return {
    kind: 'understood',
    echo: [
      ...(found?.echo ?? Object.keys(files).map((path) => `${files[path] === null ? 'Removes' : 'Writes'} ${path}.`)),
      // Whoever judges it sees all that it says it may come to, called by its code or not.
      ...(proposal.scope?.reaches ?? [])
        .filter((key) => found?.scope.reaches?.includes(key) !== true)
        .map((key) => `May come to ${key.replace('/', ' ')}, which stays as it is.`),
    ],
    notes: [
      ...(next.ok ? [] : ['It does not read: the gates say where.']),
      ...(completed.given.length === 0
        ? []
        : [completed.given.length === 1 ? '1 permanent id was given.' : `${completed.given.length} permanent ids were given.`]),
      ...completed.retired.map((line) => `Kept as retired: ${line}.`),
      ...proposal.notes,
    ],
    scope,
    risk: found?.risk ?? 'medium',
    plan: plan as unknown as Json,
  };
}

function applied(sources: Sources, files: Files): Sources {
  const whole: { [path: string]: string } = { ...sources };
  for (const [path, text] of Object.entries(files)) {
    if (text === null) delete whole[path];
    else whole[path] = text;
  }
  return whole;
}

const movedOn = (seen: Sources, now: Sources): boolean =>
  seen !== now && [...new Set([...Object.keys(seen), ...Object.keys(now)])].some((path) => seen[path] !== now[path]);
const refused = (why: string): Understood => ({ kind: 'refused', why });
const told = (problems: readonly SourceProblem[]): string =>
  `${problems
    .slice(0, mostProblems)
    .map(({ path, line, column, message }) => `${path}:${line}:${column} ${message}`)
    .join('; ')}${problems.length > mostProblems ? `; and ${problems.length - mostProblems} more` : ''}.`;
