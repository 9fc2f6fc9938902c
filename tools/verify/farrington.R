# Called by detectors.mjs: Rscript farrington.R <folder>. Reads series.csv, months.csv and settings.csv of the folder and
# writes farrington.csv: what surveillance says of the last periods of each series under each setting.
options(warn = -1)
suppressMessages(library(surveillance))
folder <- commandArgs(trailingOnly = TRUE)[1]
path <- function(name) file.path(folder, name)
settings <- read.csv(path("settings.csv"), colClasses = "character")
files <- list(series = 52, months = 12)
rows <- list()

judge <- function(name, counts, freq, setting, last) {
  range <- (length(counts) - last + 1):length(counts)
  number <- function(key) as.numeric(setting[[key]])
  common <- list(range = range, b = number("b"), w = number("w"), alpha = number("alpha"),
                 trend = setting$trend == "true", reweight = setting$reweight == "true",
                 powertrans = setting$power)
  if (setting$algorithm == "original") {
    disprog <- create.disProg(week = seq_along(counts), observed = counts, freq = freq, state = 0 * counts)
    control <- c(common, fitFun = "algo.farrington.fitGLM.fast")
    result <- suppressWarnings(algo.farrington(disprog, control = control))
    # Its limit54 sets the upper end to 0, as elsewhere NA.
    upper <- as.numeric(result$upperbound)
    upper[upper == 0] <- NA
    return(data.frame(series = name, setting = setting$name, at = range, expected = NA, upper = upper,
                      dispersion = NA, upper_tail = 1 - result$control$pd[, 1],
                      trend = as.numeric(result$trend), alarm = as.numeric(result$alarm)))
  }
  dated <- setting$dated == "true"
  epoch <- if (dated) as.numeric(seq(as.Date("2015-01-05"), by = "week", length.out = length(counts))) else seq_along(counts)
  object <- new("sts", observed = matrix(counts), freq = freq, epoch = epoch, epochAsDate = dated)
  control <- c(common, list(noPeriods = number("parts"), pastWeeksNotIncluded = number("past"),
               weightsThreshold = 2.58, pThresholdTrend = number("trend_p"), glmWarnings = FALSE,
               thresholdMethod = setting$method))
  result <- suppressWarnings(farringtonFlexible(object, control = control))
  internal <- result@control
  data.frame(series = name, setting = setting$name, at = range, expected = as.numeric(internal$expected),
             upper = as.numeric(result@upperbound), dispersion = as.numeric(internal$phiVector),
             upper_tail = as.numeric(internal$pvalue), trend = as.numeric(internal$trend),
             alarm = as.numeric(result@alarm))
}

for (file in names(files)) {
  table <- read.csv(path(paste0(file, ".csv")), check.names = FALSE)
  for (i in which(settings$file == file)) {
    setting <- settings[i, ]
    for (name in names(table)) {
      rows[[length(rows) + 1]] <- judge(name, table[[name]], files[[file]], setting, 4)
    }
  }
}
write.csv(do.call(rbind, rows), path("farrington.csv"), row.names = FALSE)
