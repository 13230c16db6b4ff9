/** What callers call an input of an operation, or a header of its answer: the name that its contract states, else its own, in a header with dashes. */
import type { HttpContract } from '#kernel';
import { kebab } from './names.ts';

export const wireNameOf = ({ names }: Pick<HttpContract, 'names'>, name: string, where: 'query' | 'header'): string =>
  names !== undefined && Object.hasOwn(names, name) ? (names[name] ?? name) : where === 'header' ? kebab(name) : name;
