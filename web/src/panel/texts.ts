// The texts of what comes on demand; they come with it.
import i18n from "../i18n";
import en from "../messages/panel.en.json";
import vi from "../messages/panel.vi.json";

i18n.addResourceBundle("vi", "translation", vi, true, true);
i18n.addResourceBundle("en", "translation", en, true, true);
