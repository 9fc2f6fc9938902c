# Called by near-repeat.mjs: Rscript near-repeat.R <folder> <permutations>. Reads events.csv (set, x, y, day) and
# bands.csv (set, distance, metres_from, metres_to, days_from, days_to) of the folder and writes knox.csv: observed and
# expected pairs by surveillance's knox(), and what dealing the days out anew gives (knox() permutes pairs instead).
suppressMessages(library(surveillance))
arguments <- commandArgs(trailingOnly = TRUE)
path <- function(name) file.path(arguments[1], name)
permutations <- as.integer(arguments[2])
events <- read.csv(path("events.csv"))
bands <- read.csv(path("bands.csv"))
set.seed(360)

rows <- lapply(split(bands, bands$set), function(wanted) {
  of <- events[events$set == wanted$set[1], ]
  metres <- as.vector(dist(cbind(of$x, of$y), method = wanted$distance[1]))
  apart <- function(day) as.vector(dist(day))
  near <- lapply(seq_len(nrow(wanted)), function(i) metres >= wanted$metres_from[i] & metres < wanted$metres_to[i])
  soon <- function(days, i) days >= wanted$days_from[i] & days < wanted$days_to[i]
  days <- apart(of$day)
  tests <- lapply(seq_along(near), function(i) knox(soon(days, i), near[[i]], simulate.p.value = FALSE))
  wanted$observed <- sapply(tests, function(test) unname(test$statistic))
  wanted$expected <- sapply(tests, function(test) unname(test$null.value))
  dealt <- replicate(permutations, {
    days <- apart(sample(of$day))
    sapply(seq_along(near), function(i) sum(soon(days, i) & near[[i]]))
  })
  wanted$spread <- apply(dealt, 1, sd)
  wanted$p <- (rowSums(dealt >= wanted$observed) + 1) / (permutations + 1)
  wanted
})
write.csv(do.call(rbind, rows), path("knox.csv"), row.names = FALSE)
