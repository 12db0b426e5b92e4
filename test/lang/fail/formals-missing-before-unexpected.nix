({ layers }: layers) { layerz = 1; }
