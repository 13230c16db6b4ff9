/** What an entry of the audit is about, so that the console can lead there: changes, generations, components, people, keys, words. Pure. */
import type { AuditEntryJson } from '#api/client';

export type AuditSubject =
  | { readonly kind: 'change' | 'generation' | 'person' | 'key'; readonly id: string }
  | { readonly kind: 'component'; readonly of: string; readonly name: string }
  | { readonly kind: 'words'; readonly words: string };

/** What the subject of each action is; one that is not here is shown as it stands, without a way to it. */
const subjectOf: { readonly [action: string]: 'change' | 'component' | 'person' | 'key' } = {
  ask: 'change',
  check: 'change',
  propose: 'change',
  cancel: 'change',
  approve: 'change',
  reject: 'change',
  'roll-back': 'change',
  release: 'component',
  'retry-delivery': 'component',
  'stop-delivery': 'component',
  'retry-sending': 'component',
  'stop-sending': 'component',
  'issue-link': 'person',
  'issue-key': 'key',
  'end-key': 'key',
};

export function auditSubjects({ action, subject, detail }: AuditEntryJson): readonly AuditSubject[] {
  const kind = Object.hasOwn(subjectOf, action) ? subjectOf[action] : undefined;
  const told = typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? detail : {};
  const { generation, why } = told as { readonly generation?: unknown; readonly why?: unknown };
  return [
    ...(subject ?? '').split(' ').flatMap((one) => (one === '' ? [] : [whatIs(one, kind)])),
    ...(typeof generation === 'string' ? [{ kind: 'generation', id: generation } as const] : []),
    ...(typeof why === 'string' && why !== '' ? [{ kind: 'words', words: why } as const] : []),
  ];
}

function whatIs(subject: string, kind: (typeof subjectOf)[string] | undefined): AuditSubject {
  if (kind === undefined) return { kind: 'words', words: subject };
  if (kind !== 'component') return { kind, id: subject };
  const [of = '', name = ''] = subject.split('/');
  return name === '' ? { kind: 'words', words: subject } : { kind, of, name };
}
