/** `/` goes to the request from anywhere, unless a person is typing. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';

export const requestBoxId = 'request';

export function useShortcuts(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (
        event.key !== '/' ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector('[role="dialog"]') !== null
      )
        return;
      event.preventDefault();
      void navigate({ to: '/' }).then(() => requestAnimationFrame(() => document.getElementById(requestBoxId)?.focus()));
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.tagName === 'INPUT' || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT');
