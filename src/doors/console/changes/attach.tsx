/** Documents that a request goes by: chosen or dropped, listed with their sizes, taken away again. By keyboard and heard as well as seen. */
import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { attach, type Attached, capsInWords, detach, nothingAttached, readFileText, sizeOf } from './attached-files.ts';
import './attach.css';

/** What was attached outlives a look at another page, as what was typed does. */
let kept: Attached = nothingAttached;

export interface Attaching {
  readonly attached: Attached;
  readonly reading: boolean;
  readonly take: (files: readonly File[]) => Promise<void>;
  readonly remove: (name: string) => void;
  readonly clear: () => void;
}

export function useAttaching(): Attaching {
  const [attached, setAttached] = useState<Attached>(() => ({ ...kept, told: '', refused: [] }));
  const [reading, setReading] = useState(0);
  useEffect(() => {
    kept = attached;
  }, [attached]);
  return {
    attached,
    reading: reading > 0,
    async take(files) {
      setReading((count) => count + 1);
      const read = await Promise.all(files.map(readFileText));
      setAttached((before) => attach(before, read));
      setReading((count) => count - 1);
    },
    remove: (name) => setAttached((before) => detach(before, name)),
    clear: () => setAttached(nothingAttached),
  };
}

/** A drop anywhere on the page is taken, so that a near miss does not open the file in place of the page. True while files hang above it. */
export function useDrop({ take }: Attaching, disabled: boolean): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const listening = new AbortController();
    const on = (type: 'dragover' | 'dragleave' | 'drop', heard: (event: DragEvent, files: DataTransfer) => void): void =>
      window.addEventListener(
        type,
        (event) => {
          if (event.dataTransfer?.types.includes('Files') !== true) return;
          event.preventDefault();
          heard(event, event.dataTransfer);
        },
        listening,
      );
    on('dragover', (_event, files) => {
      files.dropEffect = disabled ? 'none' : 'copy';
      setOver(!disabled);
    });
    on('dragleave', ({ relatedTarget }) => setOver((now) => now && relatedTarget !== null));
    on('drop', (_event, { files }) => {
      setOver(false);
      if (!disabled) void take([...files]);
    });
    return () => listening.abort();
  });
  return over;
}

/** The button that opens the choice of files. */
export function AttachButton({ attaching, disabled }: { readonly attaching: Attaching; readonly disabled: boolean }): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          void attaching.take([...(currentTarget.files ?? [])]);
          // The same file may be chosen again after it was corrected.
          currentTarget.value = '';
        }}
      />
      <Button
        id="attach"
        variant="default"
        disabled={disabled}
        loading={attaching.reading}
        title={capsInWords}
        aria-describedby="attach-caps"
        onClick={() => input.current?.click()}
      >
        Attach
      </Button>
      <span id="attach-caps" className="only-heard">
        Documents that the request goes by, such as an OpenAPI document. {capsInWords}
      </span>
    </>
  );
}

/** What is attached, and what was not taken. */
export function AttachedList({ attaching }: { readonly attaching: Attaching }): ReactNode {
  const { attached, remove } = attaching;
  const list = useRef<HTMLUListElement>(null);
  const takeAway = (name: string, at: number): void => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    (buttons[at + 1] ?? buttons[at - 1] ?? document.getElementById('attach'))?.focus();
    remove(name);
  };
  return (
    <>
      {attached.documents.length > 0 && (
        <ul ref={list} className="plain-list attached" aria-label="Attached documents">
          {attached.documents.map((document, at) => (
            <li key={document.name} className="attached-file small">
              <span className="attached-name">{document.name}</span>
              <span className="quiet nowrap">{sizeOf(document)}</span>
              <button
                type="button"
                className="attached-remove"
                aria-label={`Remove ${document.name}`}
                onClick={() => takeAway(document.name, at)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <span className="only-heard" role="status">
        {attached.told}
      </span>
      {attached.refused.length > 0 && (
        <ul className="plain-list small attached-refused" role="alert">
          {attached.refused.map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      )}
    </>
  );
}
