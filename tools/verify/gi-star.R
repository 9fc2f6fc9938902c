# Gi* by spdep of every surface in the folder: surfaces.csv (surface, unit, value), links.csv (surface, unit, neighbour),
# units numbered from 1. Writes z.csv and, of the two-sided normal p-values, q.csv by p.adjust. See gi-star.mjs.
suppressMessages(library(spdep))
folder <- commandArgs(trailingOnly = TRUE)[1]
surfaces <- read.csv(file.path(folder, "surfaces.csv"))
links <- read.csv(file.path(folder, "links.csv"))
rows <- list()
for (s in unique(surfaces$surface)) {
  x <- surfaces$value[surfaces$surface == s]
  own <- links[links$surface == s, ]
  nb <- unname(lapply(split(own$neighbour, factor(own$unit, levels = seq_along(x))), as.integer))
  nb[lengths(nb) == 0] <- list(0L)
  class(nb) <- "nb"
  attr(nb, "region.id") <- as.character(seq_along(x))
  weights <- nb2listw(include.self(nb), style = "B")
  z <- as.numeric(localG(x, weights))
  q <- p.adjust(2 * pnorm(-abs(z)), method = "BH")
  rows[[length(rows) + 1]] <- data.frame(surface = s, unit = seq_along(x), z = z, q = q)
}
result <- do.call(rbind, rows)
result$z <- format(result$z, digits = 17)
result$q <- format(result$q, digits = 17)
write.csv(result, file.path(folder, "result.csv"), row.names = FALSE, quote = FALSE)
