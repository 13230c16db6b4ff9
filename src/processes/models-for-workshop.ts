/**
 * Which models the workshop may call, with their keys: read by the supervisor from the data folder and the environment it was started in,
 * and handed to the workshop alone, over its channel. A configuration that is wrong leaves the system without models, and says so.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keysOf, type ModelsConfiguration, noModels, readModelsConfiguration, type Variables } from '#adapters/language-models';
import type { DoctorCheck } from '#cli';
import { isRefusal, type Json } from '#kernel';
import type { ModelsForWorkshop } from './configuration.ts';

const LARGEST = 100_000;

export function modelsForWorkshop(data: string, variables: Variables): ModelsForWorkshop {
  const { configuration, problem } = read(data, variables);
  return {
    configuration: configuration as unknown as Json,
    keys: keysOf(configuration, variables),
    ...(problem === undefined ? {} : { problem }),
  };
}

function read(data: string, variables: Variables): { readonly configuration: ModelsConfiguration; readonly problem?: string } {
  const path = join(data, 'models.json');
  const there = existsSync(path);
  if (there && (!statSync(path).isFile() || statSync(path).size > LARGEST))
    return { configuration: noModels, problem: 'models.json is no file, or too large to be one.' };
  const configuration = readModelsConfiguration(there ? readFileSync(path, 'utf8') : null, variables);
  return isRefusal(configuration) ? { configuration: noModels, problem: configuration.why } : { configuration };
}

/** What doctor says of it: names and variables, never a key. */
export function modelsCheck(data: string, variables: Variables): DoctorCheck {
  const { configuration, problem } = read(data, variables);
  if (problem !== undefined)
    return { name: 'models', state: 'warn', found: problem, advice: 'The system runs without models until it is mended.' };
  if (configuration.models.length === 0)
    return { name: 'models', state: 'ok', found: 'none: changes are written by the built-in sentences, agents and people' };
  const said = configuration.models.map(
    ({ name, provider, model, url, key }) =>
      `${name}: ${model} at ${url === undefined ? provider : new URL(url).host}${key === undefined ? '' : ` (key in ${key.env})`}`,
  );
  const { embeddings } = configuration;
  if (embeddings !== undefined) {
    const { model, url, key } = embeddings;
    said.push(`meanings: ${model} at ${new URL(url).host}${key === undefined ? '' : ` (key in ${key.env})`}`);
  }
  return { name: 'models', state: 'ok', found: said.join('; ') };
}
