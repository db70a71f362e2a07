/** The adapter of the bundled reference: a separate process like any port's. */
import { serve } from "../serve.js";
import { answer } from "./answer.js";

serve(answer);
