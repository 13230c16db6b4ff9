/** What a question about examples tells: which may be wrong, what was answered instead, and what whoever wrote the code says of it. Pure. */
import { type ChangeDetail, exampleName, type Json } from '#api/client';
import { membersOf } from '../values/json-members.ts';
import { bindingOf } from './binding.ts';

export interface Disputed {
  readonly name: string;
  readonly component: string;
  readonly hidden: boolean;
  /** Null where it may not be read. */
  readonly example: Json;
  readonly answered: string | null;
  /** Words of whoever wrote the code; null where the checks alone speak. */
  readonly said: string | null;
}

export function readDisputes(change: Pick<ChangeDetail, 'witness' | 'stated' | 'understanding'>): readonly Disputed[] {
  const told = membersOf(change.witness)?.['disputes'];
  if (!Array.isArray(told)) return [];
  const binding = bindingOf(change);
  return (told as readonly Json[]).flatMap((each) => {
    const dispute = membersOf(each);
    const [name, component] = [textOf(dispute?.['statement']), textOf(dispute?.['component'])];
    if (name === null || component === null) return [];
    const known = binding.find((one) => one.component === component && one.example !== null && exampleName(one.example) === name);
    const hidden = dispute?.['hidden'] === true;
    return [
      {
        name,
        component,
        hidden,
        example: known?.example ?? null,
        answered: textOf(dispute?.['witness']),
        said: textOf(dispute?.['saidByTheWriter']),
      },
    ];
  });
}
const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
