/** Refusals that name fields: what is wrong with each, by place, in words that say what to write. */
import { type Refusal, refuse } from '#kernel';

export type Faults = { readonly [place: string]: string };

export function invalid(faults: Faults): Refusal {
  const entries = Object.entries(faults);
  const why = entries
    .slice(0, 5)
    .map(([place, message]) => (place === '' ? message : `${place} ${message}`))
    .join('; ');
  const more = entries.length > 5 ? ` And ${entries.length - 5} more.` : '';
  return refuse('invalid', `${why}.${more}`, { fields: { ...faults } });
}

/** To be filled; without a prototype, so that a place of any name can be set. */
export const noFaults = (): { [place: string]: string } => Object.create(null) as { [place: string]: string };

export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
