package io.caisson.bus.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Teaches Jackson the alternatives of a sealed interface: each is named by its simple class name. */
@SuppressWarnings("NullAway") // Jackson's own contract is null for "nothing to say"
final class SealedTypes extends JacksonAnnotationIntrospector {
    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        if (annotated instanceof AnnotatedClass && sealedRoot(annotated.getRawType()) != null) {
            return JsonTypeInfo.Value.construct(
                    JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "type", null, false, null);
        }
        return super.findPolymorphicTypeInfo(config, annotated);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        if (annotated.getRawType().isSealed()) {
            List<NamedType> subtypes = new ArrayList<>();
            collect(annotated.getRawType(), subtypes);
            return subtypes;
        }
        return super.findSubtypes(annotated);
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass annotated) {
        return sealedRoot(annotated.getRawType()) != null
                ? annotated.getRawType().getSimpleName()
                : super.findTypeName(annotated);
    }

    private static void collect(Class<?> sealedType, List<NamedType> into) {
        for (Class<?> permitted : sealedType.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                collect(permitted, into);
            } else {
                into.add(new NamedType(permitted, permitted.getSimpleName()));
            }
        }
    }

    private static @Nullable Class<?> sealedRoot(Class<?> type) {
        if (type.isSealed()) {
            return type;
        }
        return Arrays.stream(type.getInterfaces())
                .filter(Class::isSealed)
                .findFirst()
                .orElse(null);
    }
}
