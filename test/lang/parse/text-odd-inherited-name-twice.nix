{ inherit ({ }) "a b"; inherit ({ }) "a b"; }
