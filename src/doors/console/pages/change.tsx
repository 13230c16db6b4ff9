/** One change, all of it: what was said and understood, what must hold, why it was done so and how it was written, what is known about it, what it altered, what it cost, and the way back. */
import { useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { AskAgain } from '../changes/ask-again.tsx';
import { AttachedDocuments } from '../changes/attached-documents.tsx';
import { bindingOf } from '../changes/binding.ts';
import { regionsOf } from '../changes/written-regions.ts';
import { Cancel } from '../changes/cancel.tsx';
import { ContractDifferences } from '../changes/contract-differences.tsx';
import { Conversation } from '../changes/conversation.tsx';
import { Cost } from '../changes/cost.tsx';
import { DecisionTable } from '../changes/decision-table.tsx';
import { Echo } from '../changes/echo.tsx';
import { EvidenceLadder } from '../changes/evidence-ladder.tsx';
import { FileDifference } from '../changes/file-difference.tsx';
import { fileReasons } from '../changes/file-reasons.ts';
import { HandedIn } from '../changes/handed-in.tsx';
import { Lineage } from '../changes/lineage.tsx';
import { hasSpent, ModelSpending } from '../changes/model-spending.tsx';
import { Outcome } from '../changes/outcome.tsx';
import { OutcomeTag } from '../changes/outcome-tag.tsx';
import { Steps } from '../changes/steps.tsx';
import { Undo } from '../changes/undo.tsx';
import { UndoneRows } from '../changes/undone-rows.tsx';
import { useAsk } from '../changes/use-ask.ts';
import { useChange } from '../changes/use-change.ts';
import { hasWriting, Writing } from '../changes/writing.tsx';
import { Page, Section } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { Waiting } from '../frame/waiting.tsx';
import { usePerson } from '../system/use-person.ts';
import { Moment } from '../values/place.tsx';

export default function Change(): ReactNode {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { data: change, error, refetch } = useChange(id);
  const { ask, cause } = useAsk();
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
          <HandedIn change={change} />
          <OutcomeTag change={change} />
          <Cancel change={change} />
          <Undo change={change} />
        </>
      }
    >
      <Conversation change={change} />
      <AttachedDocuments change={change} />
      <Steps steps={change.steps} outcome={change.outcome} />
      {cause !== null && <ProblemNote cause={cause} />}
      {change.outcome !== 'live' && (
        <Outcome change={change} ask={ask} propose={(sentence) => void navigate({ to: '/', search: { say: sentence } })} />
      )}
      <UndoneRows change={change} />
      {change.understanding !== null &&
        (change.outcome === 'live' || change.outcome === null || change.outcome === 'rolled-back' || change.outcome === 'failed') && (
          <Section title="Understood as">
            <Echo understanding={change.understanding} />
          </Section>
        )}
      {(bindingOf(change).length > 0 || Object.keys(regionsOf(change)).length > 0) && (
        <Section title="Must hold">
          <AskAgain change={change} ask={ask} />
        </Section>
      )}
      {change.decision !== null && (
        <Section title="Decision">
          <DecisionTable decision={change.decision} asksBack={change.outcome === 'question'} />
        </Section>
      )}
      {hasWriting(change) && (
        <Section title="How it was written">
          <Writing change={change} />
        </Section>
      )}
      {(change.evidence.length > 0 || change.candidate !== null) && (
        <Section title="Shown by">
          <EvidenceLadder evidence={change.evidence} />
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
            {change.candidate.notes.length > 0 && (
              <ul className="echo-notes plain-list small" aria-label="What the writer says of it">
                {change.candidate.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            )}
            {files.map((file, index) => (
              <FileDifference key={file.path} file={file} reasons={fileReasons(file, change)} open={index < 3 && file.lines.length < 400} />
            ))}
            {files.length === 0 && <p className="quiet">No file differs.</p>}
          </Section>
        </>
      )}
      {(change.cost.phases.length > 0 || hasSpent(change)) && (
        <Section title="Cost">
          {hasSpent(change) && <ModelSpending change={change} />}
          {change.cost.phases.length > 0 && <Cost cost={change.cost} />}
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
