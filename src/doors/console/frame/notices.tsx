/** Short news at the foot of the page: what has just been done, and generations that arrive. Read out, gone by itself, closable. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import './notices.css';

interface Notice {
  readonly id: number;
  readonly text: ReactNode;
  readonly about: string | undefined;
}
/** `about`: news of the same thing is told once. */
type Tell = (text: ReactNode, about?: string) => void;
const Telling = createContext<Tell>(() => undefined);
export const useTell = (): Tell => useContext(Telling);

let count = 0;

export function Notices({ children }: { readonly children: ReactNode }): ReactNode {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const close = useCallback((id: number) => setNotices((known) => known.filter((notice) => notice.id !== id)), []);
  const tell = useCallback<Tell>(
    (text, about) =>
      setNotices((known) =>
        about !== undefined && known.some((notice) => notice.about === about) ? known : [...known.slice(-2), { id: ++count, text, about }],
      ),
    [],
  );
  return (
    <Telling.Provider value={tell}>
      {children}
      <div className="notices" role="status" aria-live="polite">
        {useMemo(() => notices.map((notice) => <OneNotice key={notice.id} notice={notice} close={close} />), [notices, close])}
      </div>
    </Telling.Provider>
  );
}

function OneNotice({ notice, close }: { readonly notice: Notice; readonly close: (id: number) => void }): ReactNode {
  useEffect(() => {
    const timer = setTimeout(() => close(notice.id), 7_000);
    return () => clearTimeout(timer);
  }, [close, notice.id]);
  return (
    <div className="notice">
      <span>{notice.text}</span>
      <button type="button" className="notice-close" aria-label="Close" onClick={() => close(notice.id)}>
        ×
      </button>
    </div>
  );
}
