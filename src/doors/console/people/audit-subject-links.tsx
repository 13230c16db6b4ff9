/** What an entry of the audit is about, each with the way to it. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AuditEntryJson } from '#api/client';
import { keysQuery } from '../system/queries.ts';
import { usePerson } from '../system/use-person.ts';
import { shortDigest } from '../values/format.ts';
import { shortId } from '../values/names.ts';
import { type AuditSubject, auditSubjects } from './audit-subjects.ts';

export function AuditSubjectLinks({ entry }: { readonly entry: AuditEntryJson }): ReactNode {
  return auditSubjects(entry).map((subject, at) => (
    <span key={at}>
      {at > 0 && ' '}
      <SubjectLink subject={subject} />
    </span>
  ));
}

function SubjectLink({ subject }: { readonly subject: AuditSubject }): ReactNode {
  const person = usePerson();
  const keys = useQuery({ ...keysQuery(), enabled: subject.kind === 'key' }).data;
  switch (subject.kind) {
    case 'change':
      return (
        <Link to="/changes/$id" params={{ id: subject.id }} title={`Change ${subject.id}`}>
          change <code>…{shortId(subject.id)}</code>
        </Link>
      );
    case 'generation':
      return (
        <Link to="/generations" hash={subject.id} title={`Generation ${subject.id}`}>
          generation <code>{shortDigest(subject.id)}</code>
        </Link>
      );
    case 'component':
      return (
        <Link to="/components/$kind/$name" params={{ kind: subject.of, name: subject.name }}>
          {subject.of} {subject.name}
        </Link>
      );
    case 'person':
      return <span title={subject.id}>{person(subject.id)}</span>;
    case 'key':
      return <span title={subject.id}>key {keys?.items.find(({ id }) => id === subject.id)?.name ?? `…${shortId(subject.id)}`}</span>;
    case 'words':
      return <span className="quiet">{subject.words}</span>;
  }
}
