/** A secret that is shown once: to copy, and then gone. */
import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';

export function Secret({
  value,
  children,
  close,
}: {
  readonly value: string;
  readonly children: ReactNode;
  readonly close: () => void;
}): ReactNode {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      // The clipboard is closed to pages over plain http: the text stands selected in its field.
      setCopied(false);
    }
  };
  return (
    <div className="stack">
      <p>{children}</p>
      <TextInput
        readOnly
        value={value}
        aria-label="Secret"
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: 'var(--mono)' } }}
        data-autofocus
      />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        {copied !== null && (
          <span className="small quiet" role="status">
            {copied ? 'Copied.' : 'Copy it from the field: Ctrl+C.'}
          </span>
        )}
        <Button variant="default" onClick={() => void copy()}>
          Copy
        </Button>
        <Button onClick={close}>I have it</Button>
      </div>
    </div>
  );
}
