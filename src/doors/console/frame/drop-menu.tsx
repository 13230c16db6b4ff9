/** A small menu: opens with a press or the arrow down, walks with the arrows, closes with Escape, a choice, or a look elsewhere. */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './drop-menu.css';

export interface MenuEntry {
  readonly label: string;
  readonly choose: () => void;
}
export interface DropMenuProps {
  readonly label: string;
  readonly className: string;
  readonly button: ReactNode;
  readonly head?: ReactNode;
  readonly entries: readonly MenuEntry[];
  readonly upwards?: boolean;
}

export function DropMenu({ label, className, button, head, entries, upwards = false }: DropMenuProps): ReactNode {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    place.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const elsewhere = (event: Event): void => {
      if (event.target instanceof Node && place.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, [open]);
  const press = (event: KeyboardEvent): void => {
    if (!open && event.key === 'ArrowDown') setOpen(true);
    else if (open && event.key === 'Escape') {
      setOpen(false);
      opener.current?.focus();
    } else if (open && event.key === 'Tab') setOpen(false);
    else if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      const items = [...(place.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
      const at = items.findIndex((item) => item === document.activeElement);
      items[(at + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length]?.focus();
    } else return;
    if (event.key !== 'Tab') event.preventDefault();
  };
  return (
    <div className="drop-menu" ref={place} onKeyDown={press}>
      <button
        type="button"
        ref={opener}
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div className={upwards ? 'drop-list drop-list-up' : 'drop-list'} id={id}>
          {head}
          <div role="menu" aria-label={label}>
            {entries.map((entry) => (
              <button
                key={entry.label}
                type="button"
                role="menuitem"
                tabIndex={-1}
                onClick={() => {
                  setOpen(false);
                  entry.choose();
                }}
              >
                {entry.label}
              </button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}
