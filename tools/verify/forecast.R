# The forecast package's numbers for the series of forecasts.mjs, which runs this. See README.md.
# Usage: Rscript forecast.R <input.csv> <output.csv>; both have a header, input id,kind,value, output id,name,index,value.
suppressPackageStartupMessages(library(forecast))
paths <- commandArgs(trailingOnly = TRUE)
input <- read.csv(paths[1], stringsAsFactors = FALSE)
horizon <- 6
rows <- list()
put <- function(id, name, values) {
  values <- as.numeric(values)
  rows[[length(rows) + 1]] <<- data.frame(id = id, name = name, index = seq_along(values) - 1, value = values)
}
for (id in unique(input$id)) {
  part <- input[input$id == id, ]
  kind <- part$kind[1]
  if (kind == "losses") {
    half <- nrow(part) / 2
    first <- part$value[1:half]
    second <- part$value[(half + 1):nrow(part)]
    for (h in 1:4) {
      # Losses come as they are: power 1 of values that are not negative.
      test <- dm.test(first, second, h = h, power = 1)
      put(id, paste0("dm", h), c(test$statistic, test$p.value))
    }
    next
  }
  period <- if (kind == "month") 12 else 1
  y <- ts(head(part$value, -horizon), frequency = period)
  future <- tail(part$value, horizon)
  model <- if (kind == "month") "AAA" else "AAN"
  fit <- ets(y, model = model, damped = TRUE, bounds = "usual", opt.crit = "mse", nmse = 1, lambda = NULL)
  # Component names differ between versions; par holds shares first, then the state.
  put(id, "ets_parameters", c(fit$par["alpha"], fit$par["beta"], if (period > 1) fit$par["gamma"] else 0, fit$par["phi"]))
  start <- fit$states[1, ]
  put(id, "ets_state", start)
  put(id, "ets_sse", sum(fit$residuals^2))
  put(id, "ets_errors", fit$residuals)
  path <- forecast(fit, h = horizon, level = 95)
  put(id, "ets_mean", path$mean)
  put(id, "ets_variance", ((path$upper - path$mean) / qnorm(0.975))^2)
  if (kind == "month") {
    seasonal <- snaive(y, h = horizon)
    put(id, "snaive", seasonal$mean)
    put(id, "drift", rwf(y, drift = TRUE, h = horizon)$mean)
    put(id, "mean", meanf(y, h = horizon)$mean)
    put(id, "naive", naive(y, h = horizon)$mean)
    put(id, "accuracy", accuracy(seasonal, ts(future, start = tsp(y)[2] + 1 / 12, frequency = 12))["Test set", c("MAE", "RMSE", "MASE")])
    decomposed <- decompose(y, type = "multiplicative")
    put(id, "figure", decomposed$figure)
    x <- seasadj(decomposed)
  } else {
    x <- y
  }
  put(id, "adjusted", x)
  simple <- ses(x, h = horizon)
  put(id, "ses", c(simple$model$par["alpha"], simple$model$par["l"], sum(simple$residuals^2)))
  put(id, "theta", thetaf(ts(as.numeric(x)), h = horizon)$mean)
  if (kind == "month") put(id, "theta_seasonal", thetaf(y, h = horizon)$mean)
}
write.csv(do.call(rbind, rows), paths[2], row.names = FALSE)
