package io.caisson.layerstore.tar;

/** Owner and mode that a layer's tar gives its root folder. */
public record RootAttributes(int uid, int gid, int mode) {}
