// The page: header, search, and what was found.
import { Anchor, Container, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useQuestion } from "../address";
import { useAnswer } from "../api/queries";
import { Found } from "./Found";
import { Header } from "./Header";
import { Home } from "./Home";
import { Search } from "./Search";

export function Page() {
  const { t } = useTranslation();
  const question = useQuestion();
  const answer = useAnswer(question);
  return (
    <>
      <a className="skip" href="#result">{t("skip")}</a>
      <Header synthetic={answer.data?.synthetic === true} />
      <Container size="lg" px={{ base: "sm", sm: "lg" }} pb="xl">
        <Stack gap="lg" pt={{ base: "md", sm: "xl" }}>
          <Search question={question} />
          <main id="result" tabIndex={-1}>
            {question.by === "nothing" ? <Home /> : <Found question={question} answer={answer} />}
          </main>
        </Stack>
      </Container>
      <footer>
        <Container size="lg" px={{ base: "sm", sm: "lg" }}>
          <Text size="sm">{t("footer.accuracy", { operation: answer.data?.parcels[0]?.operation ?? "EPSG:6960" })}</Text>
          <Text size="sm">
            {t("footer.attribution")} <Anchor href="/api" inherit underline="always">{t("footer.api")}</Anchor>
          </Text>
        </Container>
      </footer>
    </>
  );
}
