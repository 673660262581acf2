// Starts the page: theme, languages, questions.
import "@mantine/core/styles.css";
import "./faces.css";
import "./colours.css";
import "./shell.css";
import "./style.css";
import "./paper.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./i18n";
import { Page } from "./page/Page";
import { theme, variables } from "./theme";

const questions = new QueryClient({
  defaultOptions: { queries: { staleTime: 60_000, refetchOnWindowFocus: false } },
});

const root = document.getElementById("root");
if (root) {
  // The style sheet stands behind what the server has drawn, and what the components say of styles
  // has to stand behind it.
  document.body.append(root);
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <QueryClientProvider client={questions}>
          <Page />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
