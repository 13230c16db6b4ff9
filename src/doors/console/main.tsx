/** Starts the console in the page: look, server state, router. */
import { MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './design/tokens.css';
import './design/mantine.css';
import './design/base.css';
import { theme, variables } from './design/theme.ts';
import { Notices } from './frame/notices.tsx';
import { router } from './router.tsx';
import { problemOf } from './system/client.ts';
import { sessionQuery } from './system/queries.ts';

const passing = new Set(['unreachable', 'unavailable', 'busy', 'deadline']);
const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // A session that has ended shows the way in, whichever page notices it.
    onError: (cause) => {
      if (problemOf(cause).status === 401) queries.setQueryData(sessionQuery().queryKey, null);
    },
  }),
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (failures, cause) => failures < 2 && passing.has(problemOf(cause).code), networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

const place = document.getElementById('console');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <QueryClientProvider client={queries}>
          <Notices>
            <RouterProvider router={router} />
          </Notices>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
