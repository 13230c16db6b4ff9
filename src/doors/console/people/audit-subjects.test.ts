import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntryJson } from '#api/client';
import { auditSubjects } from './audit-subjects.ts';

const about = (action: string, subject: string | null, detail: AuditEntryJson['detail'] = null): ReturnType<typeof auditSubjects> =>
  auditSubjects({ id: 1, at: '2026-11-24T03:00:00Z', caller: 'c', action, subject, detail });

test('an entry leads to the changes, the generation and the component that it is about', () => {
  for (const action of ['ask', 'check', 'propose', 'cancel', 'approve', 'reject'])
    assert.deepEqual(about(action, '01a2'), [{ kind: 'change', id: '01a2' }], action);
  assert.deepEqual(about('roll-back', '01a2 01b3', { generation: 'sha256:ab' }), [
    { kind: 'change', id: '01a2' },
    { kind: 'change', id: '01b3' },
    { kind: 'generation', id: 'sha256:ab' },
  ]);
  assert.deepEqual(about('stop-delivery', 'reaction/filePaper', { no: 7, why: 'no paper' }), [
    { kind: 'component', of: 'reaction', name: 'filePaper' },
    { kind: 'words', words: 'no paper' },
  ]);
  assert.deepEqual(about('issue-link', 'ada', { minutes: 60 }), [{ kind: 'person', id: 'ada' }]);
  assert.deepEqual(about('end-key', 'k1'), [{ kind: 'key', id: 'k1' }]);
});

test('what is not known leads nowhere, and is shown as it stands', () => {
  assert.deepEqual(about('sign-in', null), []);
  assert.deepEqual(about('freeze', null, { why: 'a fair' }), [{ kind: 'words', words: 'a fair' }]);
  assert.deepEqual(about('something-later', 'x/y'), [{ kind: 'words', words: 'x/y' }]);
  assert.deepEqual(about('toString', 'x'), [{ kind: 'words', words: 'x' }]);
  assert.deepEqual(about('release', 'whole'), [{ kind: 'words', words: 'whole' }]);
  assert.deepEqual(about('approve', 'a', 'odd'), [{ kind: 'change', id: 'a' }]);
});
