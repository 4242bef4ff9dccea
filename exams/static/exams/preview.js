// A question previewed: steps move by buttons, as in the room.

import { wireOrderings } from "./ordering.js";

wireOrderings(document);
