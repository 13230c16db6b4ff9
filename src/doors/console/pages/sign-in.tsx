/** The way in: a one-time link, from the address or pasted. It is used by a click of code, not by a fetch of the page, so that link previews cannot use it up. */
import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Mark } from '../frame/mark.tsx';
import { ProblemNote } from '../frame/problem-note.tsx';
import { ApiProblem } from '#api/client';
import { client } from '../system/client.ts';
import { sessionQuery } from '../system/queries.ts';
import './sign-in.css';

/** A link works once: the same one is never sent twice, however often the page renders. */
const used = new Set<string>();

/** The secret of a link: after `#` or `?`, as `link=`, or the text itself. */
export function secretOf(text: string): string {
  const found = /[#?&]link=([^&#\s]+)/.exec(text)?.[1];
  return found === undefined ? text.trim() : decodeURIComponent(found);
}

export default function SignIn(): ReactNode {
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [cause, setCause] = useState<unknown>(null);
  const enter = async (secret: string): Promise<void> => {
    if (secret === '' || used.has(secret)) return;
    used.add(secret);
    setBusy(true);
    setCause(null);
    try {
      const session = await client.signIn(secret);
      const path = location.pathname.endsWith('/sign-in') ? location.pathname.replace(/sign-in$/, '') : location.pathname;
      history.replaceState(null, '', path);
      queries.setQueryData(sessionQuery().queryKey, session);
      dispatchEvent(new PopStateEvent('popstate'));
    } catch (thrown) {
      setCause(thrown);
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => {
    document.title = 'Sign in · Theseus';
    const given = secretOf(location.href);
    if (given === 'used')
      setCause(
        new ApiProblem({
          type: '/errors/unauthenticated',
          title: 'This link does not open any more',
          status: 401,
          code: 'unauthenticated',
          detail: 'It was used before, or it is too old. Make a new one, as it says below.',
        }),
      );
    else if (/[#?&]link=/.test(location.href)) void enter(given);
  }, []);
  return (
    <main className="sign-in">
      <div className="sign-in-card sheet">
        <Mark size={40} />
        <h1>Come aboard</h1>
        <p className="quiet">This console opens with a one-time link. Whoever started the system found one on the terminal.</p>
        {cause !== null && <ProblemNote cause={cause} />}
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void enter(secretOf(text));
          }}
        >
          <TextInput
            label="Sign-in link"
            placeholder="Paste the link"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
          <Button type="submit" loading={busy} disabled={text.trim() === ''}>
            Sign in
          </Button>
        </form>
        <details>
          <summary>I have no link</summary>
          <div className="stack small" style={{ marginTop: '0.6rem' }}>
            <p>On the machine that runs the system, make a new one:</p>
            <pre className="sign-in-command">./theseus link</pre>
            <p>Or ask an owner: the page Keys &amp; people makes a link for you. A link works once, and only for a while.</p>
          </div>
        </details>
      </div>
    </main>
  );
}
