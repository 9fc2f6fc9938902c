# Gi* of surfaces by spdep: links.csv (unit, neighbour; numbered from 1), surfaces.bin (doubles, one surface after the
# other). Writes z.bin likewise and prints the seconds of each surface. The list of neighbours is made before the clock runs.
suppressMessages(library(spdep))
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
units <- as.integer(arguments[2])
links <- read.csv(file.path(folder, "links.csv"))
nb <- unname(lapply(split(links$neighbour, factor(links$unit, levels = seq_len(units))), as.integer))
class(nb) <- "nb"
attr(nb, "region.id") <- as.character(seq_len(units))
weights <- nb2listw(include.self(nb), style = "B")
file <- file.path(folder, "surfaces.bin")
surfaces <- matrix(readBin(file, "double", file.size(file) / 8), nrow = units)
invisible(localG(surfaces[, 1], weights))
out <- file(file.path(folder, "z.bin"), "wb")
for (s in seq_len(ncol(surfaces))) {
  x <- surfaces[, s]
  started <- proc.time()[["elapsed"]]
  z <- localG(x, weights)
  cat(format(proc.time()[["elapsed"]] - started, digits = 9), "\n")
  writeBin(as.double(z), out)
}
close(out)
