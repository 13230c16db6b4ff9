/** Asks before something that is not easily taken back; says what will happen; shows why it did not. Escape closes. */
import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ProblemNote } from './problem-note.tsx';

export interface ConfirmProps {
  readonly title: string;
  readonly action: string;
  readonly danger?: boolean;
  readonly children: ReactNode;
  /** Resolves when it is done; what it throws is shown. */
  readonly perform: () => Promise<unknown>;
  readonly close: () => void;
}

export function Confirm({ title, action, danger = false, children, perform, close }: ConfirmProps): ReactNode {
  const [busy, setBusy] = useState(false);
  const [cause, setCause] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    setBusy(true);
    setCause(null);
    try {
      await perform();
      close();
    } catch (thrown) {
      setCause(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} title={title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        {children}
        {cause !== null && <ProblemNote cause={cause} />}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Leave it
          </Button>
          <Button type="submit" loading={busy} data-autofocus className={danger ? 'danger' : ''}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
