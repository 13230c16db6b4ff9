/** Mantine in our own clothes: its variables take their values from tokens.css, so that one place decides the look. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const tide: MantineColorsTuple = [
  '#eef6f7',
  '#dcebee',
  '#b6d6dd',
  '#8cc0cb',
  '#69adbc',
  '#539fb0',
  '#3b8ba0',
  '#277488',
  '#175a6d',
  '#0f4656',
];

export const theme = createTheme({
  primaryColor: 'tide',
  primaryShade: { light: 8, dark: 3 },
  colors: { tide },
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: 'var(--serif)', fontWeight: '600' },
  defaultRadius: 'var(--radius)',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // By name and not by `extend`, which would bring each of them into the first bundle.
    Button: { defaultProps: { size: 'sm', variant: 'filled' } },
    Checkbox: { defaultProps: { size: 'sm' } },
    Modal: {
      defaultProps: {
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.45 },
        transitionProps: { duration: 120 },
      },
    },
  },
});

const ours: { readonly [name: string]: string } = {
  '--mantine-color-body': 'var(--sheet)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--quiet)',
  '--mantine-color-placeholder': 'var(--quiet)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-anchor': 'var(--tide)',
  '--mantine-color-default': 'var(--sheet)',
  '--mantine-color-default-hover': 'var(--sunk)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--sunk)',
  '--mantine-color-disabled-color': 'var(--quiet)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--tide)',
  '--mantine-primary-color-filled-hover': 'var(--tide-strong)',
  '--mantine-primary-color-contrast': 'var(--on-tide)',
  '--mantine-primary-color-light': 'var(--tide-wash)',
  '--mantine-color-tide-filled': 'var(--tide)',
  '--mantine-color-tide-filled-hover': 'var(--tide-strong)',
  '--mantine-color-red-filled': 'var(--bad)',
  '--mantine-color-red-filled-hover': 'var(--bad)',
};

/** In both schemes, since Mantine sets its own values there; ours know by themselves which one it is. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: { ...ours }, dark: { ...ours } });
