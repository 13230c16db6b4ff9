/** What a working copy holds of a running system: the sources that serve, and what editors and agents need beside them. */
import type { Client, SourcesJson } from '#api/client';
import type { Environment } from './environment.ts';
import { Refused } from './failure.ts';
import { besideSources, sdkFiles } from './new-system.ts';

export interface ServingCopy {
  readonly name: string;
  readonly sources: SourcesJson;
  readonly beside: { readonly [path: string]: string };
}

export async function servingCopy(
  client: Client,
  { sdkFolder, entityDeclarations }: Pick<Environment, 'sdkFolder' | 'entityDeclarations'>,
): Promise<ServingCopy> {
  const sources = await client.sources();
  const name = nameIn(sources.files['theseus.json']);
  return { name, sources, beside: besideSources(name, sdkFiles(sdkFolder), sources.declarations ?? entityDeclarations) };
}

function nameIn(settings: string | undefined): string {
  const read = settings === undefined ? null : (JSON.parse(settings) as { readonly name?: unknown });
  if (typeof read?.name !== 'string') throw new Refused('malformed', 'The system that answers has no theseus.json with a name.');
  return read.name;
}
