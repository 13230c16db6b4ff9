/** The systems that candidates are handed in to: the sample system as it stands on disk, and three of this corpus. */
import { readdirSync, readFileSync } from 'node:fs';
import type { BaseName } from '../support/ask.ts';
import type { Sources } from '../support/texts.ts';
import { depot } from './depot.ts';
import { lending } from './lending.ts';
import { payroll } from './payroll.ts';

const folder = new URL('../../../../systems/shop/', import.meta.url);
export const shop: Sources = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') || path === 'theseus.json')
    .map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]),
);
export const bases: { readonly [Name in BaseName]: Sources } = { shop, lending, payroll, depot };
