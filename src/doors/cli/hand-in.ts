/** Hands the edits of a working copy in, as a change or for their evidence alone, and follows what becomes of them. */
import { resolve } from 'node:path';
import type { Client, ProposalJson } from '#api/client';
import { type Connection, connect, systemFolder } from './connect.ts';
import { exitCodes, Refused } from './failure.ts';
import { askAndFollow, codeOf } from './follow-change.ts';
import { servingCopy } from './serving-copy.ts';
import { statedRegions } from './stated-regions.ts';
import type { Doing } from './verb.ts';
import { type Edits, editsOf, writeCopy } from './working-copy.ts';

export interface HandInOptions extends Connection {
  readonly message?: string;
  readonly note?: readonly string[];
  readonly reaches?: readonly string[];
  readonly region?: readonly string[];
}

export async function handIn(doing: Doing, given: string | undefined, options: HandInOptions, kind: 'change' | 'check'): Promise<number> {
  const { say, environment } = doing;
  const folder =
    given === undefined ? systemFolder({ ...environment, sampleSystem: null }, options.system) : resolve(environment.cwd, given);
  if (folder === null)
    throw new Refused('not-found', 'There are no sources here. Write those that serve now into a folder: theseus checkout FOLDER');
  const regions = statedRegions(options.region ?? []);
  const client = connect(environment, { ...options, system: options.system ?? folder });
  const { base, files } = await editsOf(folder, client);
  const paths = Object.keys(files);
  if (paths.length === 0) {
    say.line(`Nothing differs in ${folder} from what it was made from.`);
    say.document({ outcome: 'nothing-to-do', files: [] });
    return exitCodes.done;
  }
  for (const path of paths) say.line(say.style('dim', `${files[path] === null ? 'removes' : 'writes '} ${path}`));
  const change = await askAndFollow(
    client,
    options.message ?? 'Check of a working copy',
    say,
    {
      base,
      kind,
      proposal: {
        from: 'person',
        files,
        notes: options.note ?? [],
        ...settingOff(options.reaches ?? []),
      },
      ...(regions === undefined ? {} : { regions }),
    },
    environment,
  );
  if (change.outcome === 'live') await follow(folder, files, client, doing);
  say.document(change);
  return codeOf(change);
}

/** What was handed in serves, with ids that it was given: the copy has it too, so that work goes on where it stands. */
async function follow(folder: string, handed: Edits['files'], client: Client, { say, environment }: Doing): Promise<void> {
  const { files } = await editsOf(folder, client);
  const same = Object.keys({ ...files, ...handed }).every((path) => files[path] === handed[path]);
  if (!same) return void say.line(`${folder} was edited meanwhile, and stays as it is: it is behind what serves.`);
  const { sources, beside } = await servingCopy(client, environment);
  await writeCopy(folder, client, sources, beside, true);
  say.line(`${folder} holds what serves now.`);
}

/** A scope that says no more than what it may set off; the rest follows from the files. */
export const settingOff = (components: readonly string[]): Pick<ProposalJson, 'scope'> =>
  components.length === 0 ? {} : { scope: { reaches: components as NonNullable<NonNullable<ProposalJson['scope']>['reaches']> } };
