let = ; function ( { class { a( } if ( x { } ] ) export ; import { from "a" ; type = ; <T ; `${ ; /re ; "unclosed
