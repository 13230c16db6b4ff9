/** The page that the system is for: say in a sentence what should change, watch it happen, read what became of it. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { AttachButton, AttachedList, useAttaching, useDrop } from '../changes/attach.tsx';
import { examplesOf } from '../changes/examples.ts';
import { OutcomeTag } from '../changes/outcome-tag.tsx';
import { RunningChange } from '../changes/running-change.tsx';
import { useAsk } from '../changes/use-ask.ts';
import { Page, Section } from '../frame/page.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { requestBoxId } from '../frame/shortcuts.ts';
import { changesQuery, healthQuery, modelQuery, sessionQuery } from '../system/queries.ts';
import { Moment } from '../values/place.tsx';
import './ask.css';

/** What was being typed outlives a look at another page. */
let draft = '';

export default function Ask(): ReactNode {
  const { change: shown, say } = useSearch({ strict: false }) as { change?: string; say?: string };
  const navigate = useNavigate();
  const may = useQuery(sessionQuery()).data?.may.ask === true;
  const frozen = useQuery(healthQuery()).data?.frozen === true;
  const model = useQuery(modelQuery()).data;
  const [text, setText] = useState(say ?? draft);
  const { ask, busy, cause } = useAsk();
  const attaching = useAttaching();
  const hindered = !may || frozen;
  const over = useDrop(attaching, hindered || busy);
  const write = (next: string): void => {
    draft = next;
    setText(next);
  };
  const askWritten = async (): Promise<void> => {
    const { documents } = attaching.attached;
    if (attaching.reading || !(await ask(text, documents.length === 0 ? {} : { attachments: documents }))) return;
    write('');
    attaching.clear();
  };
  const propose = (sentence: string): void => {
    write(sentence);
    document.getElementById(requestBoxId)?.focus();
  };
  return (
    <Page
      title="Ask"
      heading="What should change?"
      narrow
      lead={
        model === undefined
          ? undefined
          : `Say it in plain words. ${model.entities.length === 0 ? 'The system is empty; begin with a thing to keep track of.' : `The system knows ${listOf(model.entities.map((entity) => entity.pluralLabel.toLowerCase()))}.`}`
      }
    >
      <form
        className={over ? 'ask sheet ask-over' : 'ask sheet'}
        onSubmit={(event) => {
          event.preventDefault();
          void askWritten();
        }}
      >
        <label htmlFor={requestBoxId} className="only-heard">
          Your request
        </label>
        <textarea
          id={requestBoxId}
          className="ask-box sentence"
          rows={3}
          value={text}
          disabled={hindered}
          maxLength={4_000}
          spellCheck
          autoComplete="off"
          placeholder={
            may ? (model === undefined ? 'Say what should change' : examplesOf(model)[0]) : 'Your roles may look, but not ask for changes'
          }
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              void askWritten();
            }
          }}
        />
        <AttachedList attaching={attaching} />
        <div className="ask-foot row spread">
          <span className="small quiet ask-keys">
            <kbd>/</kbd> to come here, <kbd>Ctrl</kbd> <kbd>Enter</kbd> to ask
          </span>
          <span className="row">
            <AttachButton attaching={attaching} disabled={hindered || busy} />
            <Button type="submit" loading={busy} disabled={hindered || attaching.reading || text.trim() === ''}>
              Ask
            </Button>
          </span>
        </div>
      </form>
      {frozen && (
        <div className="note note-tide">
          <p>
            The system is frozen: it takes no requests until an owner ends the freeze. <Link to="/health">See Health</Link>
          </p>
        </div>
      )}
      {cause !== null && <ProblemNote cause={cause} title="The request was not taken" />}
      {shown !== undefined && <RunningChange id={shown} ask={ask} propose={propose} close={() => void navigate({ to: '/' })} />}
      {shown === undefined && <Examples choose={propose} />}
      <Recent shown={shown} />
    </Page>
  );
}

function Examples({ choose }: { readonly choose: (sentence: string) => void }): ReactNode {
  const model = useQuery(modelQuery()).data;
  if (model === undefined || !model.may.ask) return null;
  return (
    <section aria-label="Examples" className="stack" style={{ gap: '0.4rem' }}>
      <span className="eyebrow">For example</span>
      <ul className="plain-list ask-examples">
        {examplesOf(model).map((sentence) => (
          <li key={sentence}>
            <button type="button" className="ask-example sentence" onClick={() => choose(sentence)}>
              {sentence}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Recent({ shown }: { readonly shown: string | undefined }): ReactNode {
  const changes =
    useInfiniteQuery(changesQuery())
      .data?.pages[0]?.items.filter((change) => change.id !== shown)
      .slice(0, 4) ?? [];
  if (changes.length === 0) return null;
  return (
    <Section
      title="Lately"
      aside={
        <Link to="/changes" className="small">
          All changes
        </Link>
      }
    >
      <ul className="plain-list ask-recent">
        {changes.map((change) => (
          <li key={change.id}>
            <Link to="/changes/$id" params={{ id: change.id }} className="sentence">
              {change.request}
            </Link>
            <span className="row small quiet nowrap">
              <OutcomeTag change={change} />
              <Moment at={change.askedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function listOf(names: readonly string[]): string {
  const shown = names.length > 7 ? [...names.slice(0, 6), `${names.length - 6} more`] : names;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
