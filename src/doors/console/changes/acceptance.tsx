/**
 * Examples that must hold, in given/when/then. Their values can be altered before it is asked again; what is hidden from whoever
 * writes says so, and is blank for those who may not read it.
 */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type ChangeDetail, type ExampleLine, exampleInWords, exampleName, type Json } from '#api/client';
import { type Binding, bindingOf, restated } from './binding.ts';
import { leavesOf, type Leaf, valueOf, withValue } from './edit-example.ts';
import './acceptance.css';

export interface AcceptanceProps {
  readonly change: ChangeDetail;
  /** Asks the same again with these; absent: they are only read. */
  readonly askAgain?: ((acceptance: ReturnType<typeof restated>) => void) | undefined;
}

export function Acceptance({ change, askAgain }: AcceptanceProps): ReactNode {
  const [edits, setEdits] = useState<ReadonlyMap<number, Json>>(new Map());
  const [open, setOpen] = useState<number | null>(null);
  const binding = bindingOf(change);
  const now = binding.map((one, index): Binding => ({ ...one, example: edits.get(index) ?? one.example }));
  return (
    <div className="stack" style={{ gap: '0.6rem' }}>
      <ul className="plain-list acceptance-list">
        {now.map((one, index) => (
          <li key={index} className="acceptance sheet">
            <Head one={one} edited={edits.has(index)}>
              {askAgain !== undefined && one.example !== null && (
                <button
                  type="button"
                  className="link-button small nowrap"
                  aria-expanded={open === index}
                  aria-label={`${open === index ? 'Done with' : 'Edit'} the values of ${exampleName(one.example)}`}
                  onClick={() => setOpen(open === index ? null : index)}
                >
                  {open === index ? 'Done' : 'Edit'}
                </button>
              )}
            </Head>
            <Lines example={one.example} edit={open === index ? (example) => setEdits(new Map([...edits, [index, example]])) : undefined} />
          </li>
        ))}
      </ul>
      {askAgain !== undefined && edits.size > 0 && (
        <div className="row">
          <Button onClick={() => askAgain(restated(now))}>
            {change.outcome === null ? 'Cancel it, and ask again with these' : 'Ask again with these'}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              setEdits(new Map());
              setOpen(null);
            }}
          >
            As they were
          </Button>
        </div>
      )}
    </div>
  );
}

function Head({ one, edited, children }: { readonly one: Binding; readonly edited: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <div className="acceptance-head">
      <strong>{one.example === null ? 'An example that is not shown to you' : exampleName(one.example)}</strong>
      <span className="row small" style={{ gap: '0.25rem 0.5rem' }}>
        <code className="quiet">{one.component}</code>
        {one.from === 'asker' && <span className="tag tag-tide">the asker’s own</span>}
        {one.hidden && (
          <span className="tag tag-doubt" title="Whoever writes the code does not see it; it is in force at the checks">
            hidden from the writer
          </span>
        )}
        {edited && <span className="tag tag-good">edited</span>}
        {children}
      </span>
    </div>
  );
}

type Edit = ((example: Json) => void) | undefined;

function Lines({ example, edit }: { readonly example: Json; readonly edit: Edit }): ReactNode {
  const lines = exampleInWords(example);
  if (lines.length === 0) return null;
  return (
    <ol className="plain-list acceptance-lines">
      {lines.map((line, index) => (
        <li key={index} className="acceptance-line">
          <span className={`acceptance-word acceptance-${line.word}`}>{sameAsBefore(lines, index) ? 'and' : line.word}</span>
          <span>
            {line.text}
            {edit !== undefined && lines[index + 1]?.step !== line.step && <Values example={example} line={line} edit={edit} />}
          </span>
        </li>
      ))}
    </ol>
  );
}
const sameAsBefore = (lines: readonly ExampleLine[], index: number): boolean => lines[index - 1]?.word === lines[index]?.word;

function Values({
  example,
  line,
  edit,
}: {
  readonly example: Json;
  readonly line: ExampleLine;
  readonly edit: (example: Json) => void;
}): ReactNode {
  const leaves = leavesOf(example, line.step);
  if (leaves.length === 0) return null;
  return (
    <span className="acceptance-values">
      {leaves.map((leaf) => (
        <Value key={leaf.place.join('.')} leaf={leaf} change={(value) => edit(withValue(example, line.step, leaf.place, value))} />
      ))}
    </span>
  );
}

function Value({ leaf, change }: { readonly leaf: Leaf; readonly change: (value: Json) => void }): ReactNode {
  const [text, setText] = useState(leaf.text);
  // What it was when it was opened: emptied, a text stays a text.
  const [kind] = useState(leaf.kind);
  const wrong = valueOf(kind, text) === undefined;
  const write = (next: string): void => {
    setText(next);
    const value = valueOf(kind, next);
    if (value !== undefined) change(value);
  };
  return kind === 'yes-no' ? (
    <NativeSelect size="xs" label={leaf.label} value={text} data={['yes', 'no']} onChange={(event) => write(event.currentTarget.value)} />
  ) : (
    <TextInput
      size="xs"
      label={leaf.label}
      value={text}
      placeholder={kind === 'nothing' ? 'nothing' : ''}
      autoComplete="off"
      error={wrong ? 'Must be a number' : undefined}
      onChange={(event) => write(event.currentTarget.value)}
    />
  );
}
