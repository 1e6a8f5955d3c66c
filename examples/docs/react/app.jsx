// A page made with React: the plan in the planner's element, and a figure of it that the page computes itself.
import "groundwork-planner";
import { configure, cost } from "groundwork-planner/engine";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";

// The release build lies beside the page, and the package is in it.
configure({ from: "groundwork/npm/engine/" });

function Total({ src }) {
  const [total, setTotal] = useState("computing…");
  useEffect(() => {
    const compute = async () => {
      const response = await fetch(src);
      const { total, currency } = await cost(await response.text());
      setTotal(`${Math.round(total / 1e6).toLocaleString("en-US")} ${currency}`);
    };
    compute().catch((error) => setTotal(error.message));
  }, [src]);
  return <output>{total}</output>;
}

function Page() {
  const [theme, setTheme] = useState("light");
  return (
    <>
      <h1>The office move</h1>
      <p>
        It costs <Total src="plan.json" />, machine by machine:
      </p>
      <button type="button" onClick={() => setTheme(theme === "light" ? "dark" : "light")}>
        Other theme
      </button>
      <groundwork-planner app="groundwork/" src="plan.json" page="cost" mode="view" theme={theme}>
        <p>
          The plan is in <a href="plan.json">plan.json</a>; open it with Groundwork.
        </p>
      </groundwork-planner>
    </>
  );
}

createRoot(document.getElementById("page")).render(<Page />);
