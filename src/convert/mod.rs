//! Between the protobuf contract and the domain: validation on the way in, answers on the way out.
