[ { "odd name" = { needed }: 1; } ({ "odd name" = { needed }: 1; }."odd name" { }) ]
