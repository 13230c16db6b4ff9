/** A question of the system: its options side by side, and a line for an answer in one's own words. Either asks again and goes on from here. */
import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ChangeDetail } from '#api/client';
import { DisputedExamples } from './disputed-examples.tsx';
import { readDisputes } from './read-disputes.ts';
import { SentenceButton } from './sentence-button.tsx';
import type { Ask } from './use-ask.ts';
import './conversation.css';

export function Question({ change, ask }: { readonly change: ChangeDetail; readonly ask?: Ask | undefined }): ReactNode {
  const [words, setWords] = useState('');
  const { options } = change;
  const disputes = readDisputes(change);
  const answer = (text: string): void => void ask?.(text, { continues: change.id });
  return (
    <>
      <h2>{disputes.length > 0 ? 'Must this hold?' : options.length > 0 ? 'Which do you mean?' : 'A question back'}</h2>
      {disputes.length > 0 ? <DisputedExamples disputes={disputes} /> : <p>{change.why}</p>}
      {options.length > 0 && (
        <div className="options" role="group" aria-label="Answers to pick from">
          {options.map((option) => (
            <SentenceButton
              key={option.sentence}
              sentence={option.sentence}
              meaning={option.meaning}
              hint="Answer so"
              choose={() => answer(option.sentence)}
              disabled={ask === undefined}
            />
          ))}
        </div>
      )}
      <form
        className="answer-form"
        onSubmit={(event) => {
          event.preventDefault();
          answer(words);
        }}
      >
        <TextInput
          label={options.length > 0 ? 'Or in your own words' : 'Your answer'}
          value={words}
          maxLength={4_000}
          autoComplete="off"
          disabled={ask === undefined}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={ask === undefined || words.trim() === ''}>
          Answer
        </Button>
      </form>
    </>
  );
}
