/** One change, all of it: what was asked and understood, why it was done so, what is known about it, what it altered, what it cost, and the way back. */
import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ContractDifferences } from '../changes/contract-differences.tsx';
import { Cost } from '../changes/cost.tsx';
import { DecisionTable } from '../changes/decision-table.tsx';
import { Echo } from '../changes/echo.tsx';
import { EvidenceLadder } from '../changes/evidence-ladder.tsx';
import { FileDifference } from '../changes/file-difference.tsx';
import { Lineage } from '../changes/lineage.tsx';
import { Outcome } from '../changes/outcome.tsx';
import { OutcomeTag } from '../changes/outcome-tag.tsx';
import { Steps } from '../changes/steps.tsx';
import { Undo } from '../changes/undo.tsx';
import { useAskInstead } from '../changes/use-ask-instead.ts';
import { useChange } from '../changes/use-change.ts';
import { Page, Section } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { usePerson } from '../system/use-person.ts';
import { Moment } from '../values/place.tsx';

export default function Change(): ReactNode {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data: change, error, refetch } = useChange(id);
  const { ask, cause } = useAskInstead();
  const navigate = useNavigate();
  const person = usePerson();
  if (change === undefined)
    return (
      <Page title="Change">{error === null ? <Waiting lines={8} /> : <ProblemNote cause={error} retry={() => void refetch()} />}</Page>
    );
  const files = change.candidate?.files ?? [];
  return (
    <Page
      title={change.request.slice(0, 60)}
      above={
        <>
          Asked by {person(change.by)}, <Moment at={change.askedAt} />
        </>
      }
      heading={change.request.length <= 400 ? change.request : <LongRequest text={change.request} />}
      actions={
        <>
          <OutcomeTag change={change} />
          <Undo change={change} />
        </>
      }
    >
      <Steps steps={change.steps} />
      {cause !== null && <ProblemNote cause={cause} />}
      {change.outcome !== 'live' && (
        <Outcome change={change} ask={ask} propose={(sentence) => void navigate({ to: '/', search: { say: sentence } })} />
      )}
      {change.understanding !== null &&
        (change.outcome === 'live' || change.outcome === null || change.outcome === 'rolled-back' || change.outcome === 'failed') && (
          <Section title="Understood as">
            <Echo understanding={change.understanding} />
          </Section>
        )}
      {(change.evidence.length > 0 || change.candidate !== null) && (
        <Section title="Shown by">
          <EvidenceLadder evidence={change.evidence} />
        </Section>
      )}
      {change.decision !== null && (
        <Section title="Decision">
          <DecisionTable decision={change.decision} />
        </Section>
      )}
      {change.candidate !== null && (
        <>
          <Section title="What callers are promised">
            <ContractDifferences contracts={change.candidate.contracts} />
          </Section>
          <Section
            title="Code"
            aside={
              <span className="small quiet">
                {files.length} {files.length === 1 ? 'file' : 'files'}
              </span>
            }
          >
            {files.map((file, index) => (
              <FileDifference key={file.path} file={file} open={index < 3 && file.lines.length < 400} />
            ))}
            {files.length === 0 && <p className="quiet">No file differs.</p>}
          </Section>
        </>
      )}
      {change.cost.phases.length > 0 && (
        <Section title="Cost">
          <Cost cost={change.cost} />
        </Section>
      )}
      <Section title="Lineage">
        <Lineage change={change} />
      </Section>
    </Page>
  );
}

function LongRequest({ text }: { readonly text: string }): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      {open ? text : `${text.slice(0, 360)} …`}{' '}
      <button type="button" className="link-button small" onClick={() => setOpen(!open)}>
        {open ? 'shorter' : 'all of it'}
      </button>
    </>
  );
}
